// The scenario's documents as Relay's compiler wants them: named after their module.
import { graphql } from "relay-runtime";

graphql`
  query ScenarioOrdersQuery {
    orders(first: 3, where: { status: { eq: ACTIVE } }) {
      nodes {
        id
        number
        version
        net {
          amount
          currency
        }
        clientStatus {
          id
          label
          version
        }
      }
    }
  }
`;

graphql`
  mutation ScenarioLateUpdateMutation($id: ID!) {
    clientStatusUpdate(input: { id: $id, label: "Too late", expectedVersion: 999999 }) {
      clientStatus {
        id
        version
      }
      errors {
        __typename
        message
        ... on StaleVersion {
          currentVersion
        }
      }
    }
  }
`;

graphql`
  subscription ScenarioChangesSubscription {
    orderChanged {
      id
      number
      version
    }
  }
`;
