from signage_server.library.phrases import (
    AFTER_LINK,
    BEFORE_LINK,
    CLAUSE_END,
    NBSP,
    PLAIN,
    SENTENCE_END,
    paragraphs,
    plain,
)


def texts(text: str) -> list[str]:
    return [word.text.replace(NBSP, "~") for word in paragraphs(text, "vi")[0]]


def costs(text: str) -> list[float]:
    return [word.cost for word in paragraphs(text, "vi")[0]]


def test_the_syllables_of_one_word_stay_together() -> None:
    assert texts("Cả nhà cùng cài đặt ứng dụng") == ["Cả~nhà", "cùng", "cài~đặt", "ứng~dụng"]


def test_compounds_are_not_seen_inside_other_words() -> None:
    assert texts("xóm cả nhàn") == ["xóm", "cả", "nhàn"]


def test_a_tilde_binds_what_the_writer_wants_bound() -> None:
    assert texts("đã~bật~chưa nhỉ") == ["đã~bật~chưa", "nhỉ"]


def test_a_number_stays_with_its_unit() -> None:
    assert texts("trong 15 phút nữa") == ["trong", "15~phút", "nữa"]


def test_a_sentence_ends_a_line_best_and_a_linking_word_worst() -> None:
    assert costs("Mở máy, quét mã. Mời bạn và tôi") == [
        PLAIN, CLAUSE_END, SENTENCE_END, PLAIN, BEFORE_LINK, AFTER_LINK, PLAIN,
    ]  # fmt: skip


def test_line_breaks_of_the_writer_are_kept() -> None:
    lines = paragraphs("Một\n\nHai ba", "en")
    assert [[word.text for word in line] for line in lines] == [["Một"], ["Hai", "ba"]]


def test_lists_show_the_text_without_its_marks() -> None:
    assert plain("Bluetooth\nđã~bật chưa?") == "Bluetooth đã bật chưa?"
