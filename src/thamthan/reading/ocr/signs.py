"""The signs that our own reader knows, in the order of the net's classes."""

THAI_SIGNS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮะัาำิีึืฺุูเแโใไๅๆฯ็่้๊๋์ํ๏฿"
DIGIT_SIGNS = "๐๑๒๓๔๕๖๗๘๙0123456789"
LATIN_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
OTHER_SIGNS = "().,:;/-–“”\"'%&+=*[]!?#@_|…"
SIGNS = THAI_SIGNS + DIGIT_SIGNS + LATIN_SIGNS + OTHER_SIGNS
