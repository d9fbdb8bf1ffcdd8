"""Passwords of twelve characters and more that are tried first by whoever guesses; shorter ones are refused anyway."""

_KEYBOARD = """
123456789012 1234567890123 12345678901234 123456789123 123456789abc 1234567890ab 123456123456 123123123123
112233445566 111222333444 123321123321 121212121212 987654321987 987654321012 098765432112 147258369147
147258369000 102030405060 010203040506 123qweasdzxc qweasdzxc123 1qaz2wsx3edc 1q2w3e4r5t6y 1q2w3e4r5t6y7u
q1w2e3r4t5y6 qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdf qwerty123456 qwerty1234567 qwerty12345678
qwertyqwerty qwerty123qwerty asdfghjkl123 asdfasdfasdf zxcvbnm12345 zxcvbnm123456 poiuytrewq12
abcdefghijkl abcdefghijklm abcd12345678 abcd1234abcd abc123abc123 abcabcabcabc abc123456789 a1b2c3d4e5f6
aa1234567890 a12345678901 a123456789012 1a2b3c4d5e6f !@#$%^&*()_+ !qaz@wsx#edc 1qazxsw23edc zaq12wsxcde3
"""

_WORDS = """
password1234 password12345 password123456 passwordpassword password@123 password@1234 p@ssw0rd1234 p@ssw0rd12345
p@ssword1234 passw0rd1234 passw0rd12345 mypassword12 mypassword123 newpassword1 newpassword123 changeme1234
changemenow1 changeme12345 defaultpassword letmein12345 letmein123456 welcome12345 welcome@1234 welcome123456
iloveyou1234 iloveyou12345 iloveyouforever iloveyousomuch administrator administrator1 administrator123
admin1234567 admin12345678 admin123456789 adminadminadmin adminpassword admin@123456 admin@1234567 superadmin123
rootpassword root12345678 useruseruser user12345678 guestguest12 testtesttest test12345678 test123456789
testpassword temppassword secretsecret secret123456 sunshine1234 princess1234 football1234 baseball1234
superman1234 batman123456 dragon123456 master123456 monkey123456 shadow123456 michael12345 computer1234
internet1234 samsung12345 samsung123456 facebook1234 google123456 trustno1trustno1 correcthorsebatterystaple
"""

_VIETNAMESE = """
matkhau12345 matkhau123456 matkhau@1234 matkhau@12345 matkhaumatkhau matkhaucuatoi khongcomatkhau
khongbiet123 khongbiet1234 emyeuanh1234 anhyeuem1234 anhyeuemnhieu anhyeuem12345 emyeuanh12345 yeuemnhieulam
vietnam12345 vietnam123456 vietnam@1234 vietnamvodich vietnamquehuong hanoi1234567 hanoi12345678 saigon123456
kiengiang123 kiengiang1234 kiengiang@123 kiengiang2020 rachgia12345 phuquoc12345 danang123456 haiphong1234
cantho123456 hochiminh123 hochiminh1234 ubnd12345678 ubnd123456789 ubndtinh1234 quantri12345 quantrivien123
nguoidung123 bluezone1234 bluezone12345 bluezone2020 signage12345 signage123456 signageserver xinchao12345
conyeumenhieu giadinhtoiyeu hoilamgi1234 tinhyeu12345 thanhcong123 thanhcong1234 maimaiyeuem12 taikhoan1234
"""

COMMON_PASSWORDS = frozenset((_KEYBOARD + _WORDS + _VIETNAMESE).split())
"""Without case, accents and spaces."""
