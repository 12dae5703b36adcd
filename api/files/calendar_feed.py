"""The calendar of an account's dates, for calendar programs that know its secret address."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar_feeds.addresses import KEY_PURPOSE
from domain.calendar_feeds.feeds import feed_text
from settings import Settings

MEDIA_TYPE = "text/calendar; charset=utf-8"


class CalendarFeed:
    """Answers requests for calendars. The address is the credential, and one that opens nothing is answered by 404."""

    def __init__(self, settings: Settings) -> None:
        self._key, self._base_url = settings.key(KEY_PURPOSE), settings.base_url

    async def read(self, request: Request) -> Response:
        """The dates in iCalendar format."""
        text = await feed_text(request.path_params["token"], key=self._key, base_url=self._base_url)
        if text is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="werkstand.ics"'}
        return Response(text, headers=headers, media_type=MEDIA_TYPE)
