"""The one registrar that turns exceptions into answers; its page reads nothing that can fail."""

import secrets
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from school_safety.kit.errors import Conflict, NotAllowed, NotFound, Refused, TooMany
from school_safety.kit.i18n import _l

log = structlog.get_logger()

TITLES = {
    400: _l("Yêu cầu chưa rõ"),
    401: _l("Cần đăng nhập"),
    403: _l("Bạn không có quyền làm việc này"),
    404: _l("Không có trang này"),
    405: _l("Địa chỉ này không nhận cách gửi đó"),
    409: _l("Đã có dữ liệu khác cùng mã"),
    413: _l("Tệp quá lớn"),
    422: _l("Chưa thực hiện được"),
    429: _l("Thử quá nhiều lần"),
    500: _l("Hệ thống gặp lỗi"),
    503: _l("Hệ thống đang bận"),
}
ADVICE = {
    400: _l("Trang có thể đã mở quá lâu. Hãy tải lại trang rồi gửi lần nữa."),
    401: _l("Phiên làm việc đã hết. Hãy đăng nhập lại, những gì đã lưu vẫn còn."),
    403: _l("Nếu công việc này là của bạn, hãy nhờ người phụ trách của trường hoặc quản trị của Sở cấp quyền."),
    404: _l("Địa chỉ có thể đã đổi, hoặc nội dung không thuộc phạm vi của bạn."),
    405: _l("Hãy quay lại trang trước và dùng nút trên trang."),
    409: _l("Hãy tải lại trang để xem bản mới nhất."),
    413: _l("Mỗi tệp tối đa 10 MB. Chưa có gì bị thay đổi. Hãy quay lại biểu mẫu và chọn tệp nhỏ hơn."),
    422: _l("Hãy quay lại, sửa theo lời nhắc rồi gửi lại."),
    429: _l("Hãy chờ rồi thử lại."),
    500: _l("Chưa có gì bị thay đổi. Hãy thử lại; nếu vẫn lỗi, gửi mã dưới đây cho quản trị của Sở."),
    503: _l("Chưa có gì bị thay đổi. Hãy thử lại sau ít giây."),
}
BUSY_SECONDS = 5


def wants_json() -> bool:
    """True for callers of our JSON addresses."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def error_answer(status: int, *, code: str | None = None, retry_after: int | None = None) -> Response:
    """The error page, or its JSON twin, with an id that the log has as well."""
    error_id = secrets.token_hex(4)
    g.error_id = error_id
    write = log.error if status >= 500 else log.info
    write("request_failed", status=status, error_id=error_id, endpoint=request.endpoint, code=code)
    if wants_json():
        answer = jsonify(status=status, code=code, id=error_id, retry_after=retry_after)
    else:
        title, advice = TITLES.get(status, TITLES[500]), ADVICE.get(status, ADVICE[500])
        page = render_template(
            "error.html", title=title, advice=advice, id=error_id, wait=retry_after, back=_form_page(status)
        )
        answer = make_response(page)
    answer.status_code = status
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def _form_page(status: int) -> str | None:
    """The page from which a file too large was sent; None for any other refusal or when the browser does not say."""
    if status != 413:
        return None
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:
        return None
    return "/" + came_from.path.lstrip("/") if came_from.netloc == request.host else None


def register(app: Flask) -> None:
    """Register one handler for each kind of refusal."""
    app.register_error_handler(NotAllowed, lambda error: error_answer(403))
    app.register_error_handler(NotFound, lambda error: error_answer(404))
    app.register_error_handler(Refused, lambda error: error_answer(422, code=error.code))
    app.register_error_handler(Conflict, lambda error: error_answer(409, code=error.code))
    app.register_error_handler(TooMany, lambda error: error_answer(429, retry_after=error.retry_after))
    app.register_error_handler(CSRFError, lambda error: error_answer(400, code="csrf"))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    return error_answer(error.code)


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen", kind=type(error).__name__, exc_info=error)
    if request.endpoint is not None and _is_busy(error):
        return error_answer(503, retry_after=BUSY_SECONDS)
    return error_answer(400 if _is_impossible(error) else 500)


def _is_busy(error: Exception) -> bool:
    """True when the database could not be had just now (locked, full or away)."""
    return type(error).__name__ in {"OperationalError", "TimeoutError"}


def _is_impossible(error: Exception) -> bool:
    """True when somebody sent a value that no column can hold: a number beyond every id, a NUL sign."""
    return type(error).__name__ in {"DataError", "OverflowError"}
