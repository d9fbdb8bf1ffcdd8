"""What the command line says, in the installation's language."""

from signage_server.addresses import Addresses
from signage_server.errors import Language

Said = tuple[str, str]
"""Vietnamese, English."""

DEMO: Said = (
    "Màn hình trình diễn: mở liên kết này trong trình duyệt, chiến dịch Bluezone chạy ngay, không cần ghép nối.",
    "Demo screen: open this in a browser and the Bluezone campaign plays at once, nothing to pair.",
)
SETUP: Said = (
    "Tạo người quản trị đầu tiên: liên kết này chỉ dùng được một lần, trong vòng một giờ.",
    "Make the first administrator: this link works once, within the hour.",
)
CONSOLE: Said = (
    "Trang quản trị: đăng nhập tại đây.",
    "Console: sign in here.",
)
PLAYER: Said = (
    "Màn hình thật: mở địa chỉ này trên màn hình, rồi nhập mã hiện ra vào trang quản trị.",
    "Real screens: open this address on the screen and type the code it shows into the console.",
)
PLAIN_HTTP: Said = (
    "Qua http thường trong mạng nội bộ, màn hình vẫn phát tiếp khi mất mạng nhưng không tự khởi động lại được nếu "
    "không có mạng; `.venv/bin/signage-server run --https` làm được điều đó.",
    "Over plain http on a local network a screen plays on without the network but cannot start without it; "
    "`.venv/bin/signage-server run --https` can.",
)
CERTIFICATE: Said = (
    "Để màn hình và máy tính tin cậy máy chủ này, cài chứng chỉ tải tại {console}ca.crt.",
    "To make screens and computers trust this server, install the certificate from {console}ca.crt.",
)
SERVING: Said = ("Máy chủ đang chạy. Trang quản trị:", "The server runs. The console:")
FILE_TROUBLE: Said = ("Không đọc hoặc ghi được {file}: {reason}.", "Cannot read or write {file}: {reason}.")
STOPPED: Said = ("Máy chủ đã dừng.", "The server has stopped.")
READY: Said = ("Đã sẵn sàng trong {home}.", "Ready in {home}.")
LINK_FOR: Said = (
    "Liên kết cho {name}, chỉ dùng được một lần, trong vòng một giờ:",
    "The link for {name}; it works once, within the hour:",
)
TOKEN: Said = (
    "Khoá API, chỉ hiện một lần này:",
    "The API token, shown this once:",
)
NOBODY: Said = (
    "Chưa có ai. Chạy máy chủ để lấy liên kết thiết lập.",
    "Nobody yet. Run the server for the set-up link.",
)
HAS_PASSWORD: Said = ("đăng nhập được", "can sign in")
NO_PASSWORD: Said = ("chưa đặt mật khẩu", "has not chosen a password")
IMPORTED: Said = (
    "Đã nhập {playlists} danh sách phát và {schedules} lịch.",
    "Imported {playlists} playlists and {schedules} schedules.",
)
EXPORTED: Said = ("Đã ghi {file}.", "Wrote {file}.")
BACKED_UP: Said = (
    "Đã sao lưu {files} tệp ({megabytes} MB) vào {file}. Tệp này chứa khoá của máy chủ: hãy cất giữ cẩn thận.",
    "Backed up {files} files ({megabytes} MB) to {file}. It holds the server's keys: keep it safe.",
)
RESTORED: Said = (
    "Đã khôi phục vào {home}. Chạy `.venv/bin/signage-server run`: các màn hình tiếp tục phát, không cần ghép nối lại.",
    "Restored into {home}. Run `.venv/bin/signage-server run`: the screens go on without pairing again.",
)
ZONE_DATA: Said = ("Quy tắc múi giờ: {version} ({source}).", "Time zone rules: {version} ({source}).")
ALL_WELL: Said = ("Mọi thứ đều ổn.", "All is well.")


def say(language: Language, said: Said, **facts: object) -> str:
    """The sentence in one language, with its facts."""
    return said[0 if language == "vi" else 1].format(**facts)


def welcome(language: Language, where: Addresses, demo: str, setup_link: str | None) -> list[tuple[str, str]]:
    """The three links that `run --starter` prints: a sentence and an address each."""
    way_in = (SETUP, setup_link) if setup_link else (CONSOLE, where.console)
    links = [(DEMO, demo), way_in, (PLAYER, where.player)]
    return [(say(language, said), address) for said, address in links]
