"""The first day of the Vietnamese lunar year, from the courses of sun and moon: an oracle for Tết.

After Jean Meeus, Astronomical Algorithms (1998), in the short form that Hồ Ngọc Đức gave it (1997–2004), exact to some
minutes. The calendar's rules are those of Viet Nam since 1967: days begin at midnight, UTC+7, and the month in which
the sun enters Capricorn (the winter solstice) is the eleventh.
"""

from datetime import date
from math import floor, pi, sin

_EPOCH_JD = 2_415_021.076998695
_MONTH_DAYS = 29.530588853
_HANOI = 7 / 24
_JD_OF_EPOCH = date(2000, 1, 1).toordinal() - 2_451_545


def lunar_new_year(year: int) -> date:
    """The first day of the lunar year that begins in this year."""
    eleventh, next_eleventh = _eleventh_month(year - 1), _eleventh_month(year)
    number = floor((eleventh - _EPOCH_JD) / _MONTH_DAYS + 0.5)
    months = [_new_moon_day(number + step) for step in range(15)]
    begins = next(index for index, day in enumerate(months) if day == eleventh)
    leap_year = round((next_eleventh - eleventh) / _MONTH_DAYS) == 13
    leap = _leap_month(months[begins:]) if leap_year else 99
    first = begins + 2 + (1 if leap <= 2 else 0)  # the second after the eleventh, a leap month not counted
    return date.fromordinal(months[first] + _JD_OF_EPOCH)


def _eleventh_month(year: int) -> int:
    """The Julian day on which the month with the winter solstice begins."""
    end = date(year, 12, 31).toordinal() - _JD_OF_EPOCH
    number = floor((end - 2_415_021) / _MONTH_DAYS)
    day = _new_moon_day(number)
    return _new_moon_day(number - 1) if _sign(day) >= 9 else day


def _leap_month(months: list[int]) -> int:
    """Which month after the eleventh the sun spends in one sign: it has no number of its own."""
    return next(step for step in range(1, 14) if _sign(months[step]) == _sign(months[step + 1]))


def _sign(julian_day: int) -> int:
    """In which twelfth of its course the sun is at midnight in Ha Noi, from the spring equinox on."""
    century = (julian_day - 0.5 - _HANOI - 2_451_545) / 36_525
    anomaly = _radians(357.52910 + 35_999.05030 * century - 0.0001559 * century**2)
    longitude = 280.46645 + 36_000.76983 * century + 0.0003032 * century**2
    longitude += (1.914600 - 0.004817 * century - 0.000014 * century**2) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * century) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    longitude -= 0.00569 + 0.00478 * sin(_radians(125.04 - 1934.136 * century))
    return floor(longitude % 360 / 30)


def _new_moon_day(number: int) -> int:
    """The Julian day, in Ha Noi, of a new moon counted from that of 1 January 1900."""
    t = number / 1236.85
    mean = 2_415_020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(_radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = _radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = _radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = _radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    shift += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    shift += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    shift += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    clock = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(mean + shift - clock + 0.5 + _HANOI)


def _radians(degrees: float) -> float:
    return degrees * pi / 180
