"""The fast path and the executor give the same answers."""

from tests.compiled.conftest import Reads

EVERYTHING = """
{ __typename
  jobs(first: 40) {
    __typename totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id } }
    nodes {
      __typename id number title note state formerState urgent hours rating rate startsOn dueAt createdAt tags
      assignees extra label late
      client { id name email jobs(last: 2) { nodes { number } totalCount } }
      lastStep { id position text } steps { id position text }
      net { amount currency formatted } fee { amount currency formatted }
      options { name fromState needs __typename } one: options(atMost: 1) { label: name }
    }
  }
  viewer { language ownClient { name } }
}
"""


async def test_every_field_for_every_row(reads: Reads) -> None:
    answer = await reads.both(EVERYTHING)

    assert len(answer["jobs"]["nodes"]) == 30
