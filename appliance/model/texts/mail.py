# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""Mail: what is wrong with its settings, and what the box writes."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "host_name": {
        "en": "This is no name of a server. Write one like mail.example.com, or an address.",
        "ar": "هذا ليس اسم خادم. اكتب اسمًا مثل mail.example.com أو عنوانًا.",
        "fa": "این نام سرور نیست. نامی مانند mail.example.com یا یک نشانی بنویسید.",
        "zh": "這不是伺服器名稱。請填寫如 mail.example.com 的名稱或位址。",
    },
    "mail_user": {
        "en": "A user name holds letters, digits and signs without space.",
        "ar": "يتكوّن اسم المستخدم من حروف لاتينية وأرقام ورموز دون مسافات.",
        "fa": "نام کاربری از حروف لاتین، رقم و نشانه و بدون فاصله است.",
        "zh": "使用者名稱只能含英文字母、數字與符號，不能有空格。",
    },
    "mail_secret": {
        "en": "A password of a mail server has at most {max} Latin letters, digits and signs.",
        "ar": "تتكوّن كلمة مرور خادم البريد من {max} من الحروف اللاتينية والأرقام والرموز على الأكثر.",
        "fa": "گذرواژهٔ سرور ایمیل حداکثر {max} حرف لاتین، رقم و نشانه دارد.",
        "zh": "郵件伺服器的密碼最多 {max} 個英文字母、數字與符號。",
    },
    "mail_no_server": {
        "en": "Somebody shall be notified, but no mail server is named. Fill in the mail server.",
        "ar": "هناك من يجب إشعاره لكن لم يُحدَّد خادم بريد. أدخل خادم البريد.",
        "fa": "قرار است به کسی خبر داده شود، اما سرور ایمیلی نوشته نشده است. سرور ایمیل را وارد کنید.",
        "zh": "已設定通知對象，但未填郵件伺服器。請填寫郵件伺服器。",
    },
    "mail_no_sender": {
        "en": "A mail server is named, but not whom the box's mail is from. Fill in the sender's address.",
        "ar": "حُدِّد خادم بريد دون عنوان المرسِل. أدخل عنوان المرسِل.",
        "fa": "سرور ایمیل نوشته شده، اما نشانی فرستنده نه. نشانی فرستنده را وارد کنید.",
        "zh": "已填郵件伺服器，但未填寄件人。請填寫寄件人地址。",
    },
    "mail_no_user": {
        "en": "A password is there, but no user name. Fill in both or neither.",
        "ar": "توجد كلمة مرور دون اسم مستخدم. أدخل كليهما أو اتركهما معًا.",
        "fa": "گذرواژه هست اما نام کاربری نیست. هر دو را بنویسید یا هیچ‌کدام.",
        "zh": "已填密碼但沒有使用者名稱。請兩者都填，或都不填。",
    },
    "mail_no_secret": {
        "en": "A user name is there, but no password: the box does not sign in at the mail server. Fill in the password.",
        "ar": "يوجد اسم مستخدم دون كلمة مرور: لن يسجّل الجهاز الدخول إلى خادم البريد. أدخل كلمة المرور.",
        "fa": "نام کاربری هست اما گذرواژه نیست: دستگاه در سرور ایمیل وارد نمی‌شود. گذرواژه را بنویسید.",
        "zh": "已填使用者名稱但沒有密碼：系統不會登入郵件伺服器。請填寫密碼。",
    },
    "mail_in_clear": {
        "en": "The password goes to the mail server unencrypted: whoever listens on the way can read it. Choose STARTTLS or TLS.",
        "ar": "تُرسل كلمة المرور إلى خادم البريد دون تشفير، فيمكن لمن يتنصّت قراءتها. اختر STARTTLS أو TLS.",
        "fa": "گذرواژه بدون رمز به سرور ایمیل می‌رود و هر شنونده‌ای در راه آن را می‌خواند. STARTTLS یا TLS را برگزینید.",
        "zh": "密碼以明文傳給郵件伺服器，途中任何人都可讀取。請選擇 STARTTLS 或 TLS。",
    },
    "mail_not_set_up": {
        "en": "The box that runs has no mail server, sender or address to notify. Set up mail and apply it first.",
        "ar": "ليس للجهاز حاليًا خادم بريد أو مرسِل أو عنوان للإشعار. اضبط البريد وطبّق التغيير أولًا.",
        "fa": "دستگاه اکنون سرور ایمیل، فرستنده یا نشانی آگاهی ندارد. نخست ایمیل را تنظیم و اعمال کنید.",
        "zh": "目前運行的設定沒有郵件伺服器、寄件人或通知地址。請先設定郵件並套用。",
    },
}

WORDS: dict[str, dict[str, str]] = {
    "subject_begun": {
        "en": "{box}: alarm on {names}",
        "ar": "{box}: إنذار على {names}",
        "fa": "{box}: هشدار روی {names}",
        "zh": "{box}：{names} 發生警報",
    },
    "subject_ended": {
        "en": "{box}: alarm on {names} ended",
        "ar": "{box}: انتهى الإنذار على {names}",
        "fa": "{box}: هشدار روی {names} پایان یافت",
        "zh": "{box}：{names} 警報已解除",
    },
    "subject_test": {
        "en": "{box}: test mail",
        "ar": "{box}: رسالة اختبار",
        "fa": "{box}: ایمیل آزمایشی",
        "zh": "{box}：測試郵件",
    },
    "test": {
        "en": "This is a test: mail of {box} arrives.",
        "ar": "هذا اختبار: بريد {box} يصل.",
        "fa": "این یک آزمایش است: ایمیل {box} می‌رسد.",
        "zh": "這是一封測試郵件：{box} 的郵件可以送達。",
    },
    "span": {
        "en": "{name} (span {span})",
        "ar": "{name} (الوصلة {span})",
        "fa": "{name} (اسپن {span})",
        "zh": "{name}（跨距 {span}）",
    },
    "channel": {
        "en": "{where}, channel {channel}",
        "ar": "{where}، القناة {channel}",
        "fa": "{where}، کانال {channel}",
        "zh": "{where}，通道 {channel}",
    },
    "because": {
        "en": "{kind}, because of: {cause}",
        "ar": "{kind}، بسبب: {cause}",
        "fa": "{kind}، به علت: {cause}",
        "zh": "{kind}，原因：{cause}",
    },
    "lasts": {
        "en": "{where}: {kind}, since {began}",
        "ar": "{where}: {kind}، منذ {began}",
        "fa": "{where}: {kind}، از {began}",
        "zh": "{where}：{kind}，自 {began} 起",
    },
    "ended": {
        "en": "{where}: {kind}, from {began} until {ended}",
        "ar": "{where}: {kind}، من {began} حتى {ended}",
        "fa": "{where}: {kind}، از {began} تا {ended}",
        "zh": "{where}：{kind}，{began} 至 {ended}",
    },
    "unwatched": {
        "en": "{where}: {kind}, from {began}; it ended while nobody watched, before {ended}",
        "ar": "{where}: {kind}، من {began}؛ انتهى دون مراقبة قبل {ended}",
        "fa": "{where}: {kind}، از {began}؛ هنگامی که کسی نگاه نمی‌کرد، پیش از {ended} پایان یافت",
        "zh": "{where}：{kind}，自 {began} 起；在無人監看期間結束，早於 {ended}",
    },
    "signed": {
        "en": "Sent by {box} itself.",
        "ar": "أرسله {box} تلقائيًا.",
        "fa": "این را خود {box} فرستاده است.",
        "zh": "由 {box} 自動發送。",
    },
}
"""What the box writes."""
