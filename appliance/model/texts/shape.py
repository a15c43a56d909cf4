# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What is wrong with the shape of a document or with a single field."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "required": {
        "en": "This is required. Fill it in.",
        "ar": "هذا الحقل مطلوب. يُرجى تعبئته.",
        "fa": "این مورد لازم است. آن را پر کنید.",
        "zh": "此項為必填，請填寫。",
    },
    "number_is_text": {
        "en": 'This must be text. Put quotes around it, also around a number: "101".',
        "ar": 'يجب أن تكون القيمة نصًا. ضعها بين علامتي اقتباس حتى لو كانت رقمًا: "101".',
        "fa": 'این مقدار باید متن باشد. آن را داخل گیومه بگذارید، حتی اگر شماره است: "101".',
        "zh": '此值必須是文字。請加上引號，數字也一樣："101"。',
    },
    "key_is_text": {
        "en": 'The name of a field must be text. Put quotes around it: "1".',
        "ar": 'يجب أن يكون اسم الحقل نصًا. ضعه بين علامتي اقتباس: "1".',
        "fa": 'نام فیلد باید متن باشد. آن را داخل گیومه بگذارید: "1".',
        "zh": '欄位名稱必須是文字，請加上引號："1"。',
    },
    "too_short": {
        "en": "Too short: write at least {min} characters.",
        "ar": "النص قصير جدًا. الحد الأدنى لعدد الأحرف: {min}.",
        "fa": "متن کوتاه است. دست‌کم {min} نویسه بنویسید.",
        "zh": "太短，至少需要 {min} 個字元。",
    },
    "too_long": {
        "en": "Too long: write at most {max} characters.",
        "ar": "النص طويل جدًا. الحد الأقصى لعدد الأحرف: {max}.",
        "fa": "متن بلند است. حداکثر {max} نویسه بنویسید.",
        "zh": "太長，最多 {max} 個字元。",
    },
    "list_too_short": {
        "en": "The list needs at least {min} entry.",
        "ar": "عدد عناصر القائمة أقل من المطلوب. الحد الأدنى: {min}.",
        "fa": "فهرست دست‌کم به {min} مورد نیاز دارد.",
        "zh": "清單至少需要 {min} 個項目。",
    },
    "list_too_long": {
        "en": "The list takes at most {max} entries.",
        "ar": "عدد عناصر القائمة أكبر من المسموح. الحد الأقصى: {max}.",
        "fa": "فهرست حداکثر {max} مورد می‌پذیرد.",
        "zh": "清單最多 {max} 個項目。",
    },
    "too_small": {
        "en": "Too small: the least is {min}.",
        "ar": "القيمة صغيرة جدًا. أصغر قيمة مسموح بها: {min}.",
        "fa": "مقدار خیلی کم است. کمترین مقدار مجاز {min} است.",
        "zh": "數值太小，最小為 {min}。",
    },
    "too_large": {
        "en": "Too large: the most is {max}.",
        "ar": "القيمة كبيرة جدًا. أكبر قيمة مسموح بها: {max}.",
        "fa": "مقدار خیلی زیاد است. بیشترین مقدار مجاز {max} است.",
        "zh": "數值太大，最大為 {max}。",
    },
    "whole_number": {
        "en": "Write a whole number, without quotes.",
        "ar": "اكتب عددًا صحيحًا من دون علامات اقتباس.",
        "fa": "یک عدد صحیح بدون گیومه بنویسید.",
        "zh": "請填寫整數，不加引號。",
    },
    "yes_or_no": {
        "en": "Write true or false.",
        "ar": "اكتب true (نعم) أو false (لا).",
        "fa": "بنویسید true (بله) یا false (خیر).",
        "zh": "請填寫 true（是）或 false（否）。",
    },
    "one_of": {
        "en": "Choose one of: {allowed}.",
        "ar": "اختر واحدة من القيم التالية: {allowed}.",
        "fa": "یکی از این مقدارها را برگزینید: {allowed}.",
        "zh": "請從以下選擇一個：{allowed}。",
    },
    "mapping": {
        "en": "Here a group of named fields is expected (name: value).",
        "ar": "المتوقع هنا مجموعة حقول مسماة (الاسم: القيمة).",
        "fa": "در اینجا گروهی از فیلدهای نام‌دار لازم است (نام: مقدار).",
        "zh": "此處應為一組具名欄位（名稱：值）。",
    },
    "list": {
        "en": "Here a list is expected.",
        "ar": "المتوقع هنا قائمة.",
        "fa": "در اینجا یک فهرست لازم است.",
        "zh": "此處應為清單。",
    },
    "unknown_field": {
        "en": "There is no field “{field}”. Check its spelling or take it out.",
        "ar": "لا يوجد حقل باسم «{field}». تحقق من كتابته أو احذفه.",
        "fa": "فیلدی به نام «{field}» وجود ندارد. املای آن را بررسی یا آن را حذف کنید.",
        "zh": "沒有「{field}」這個欄位。請檢查拼寫或將其刪除。",
    },
    "not_built": {
        "en": "This version cannot do “{noun}” yet. Take it out of the document; it is not ignored silently.",
        "ar": "هذا الإصدار لا يدعم «{noun}» بعد. احذفه من المستند، فلن يتم تجاهله بصمت.",
        "fa": "این نسخه هنوز از «{noun}» پشتیبانی نمی‌کند. آن را از سند بردارید؛ بی‌صدا نادیده گرفته نمی‌شود.",
        "zh": "此版本尚未支援「{noun}」。請從文件中移除，系統不會默默略過它。",
    },
    "unknown_destination": {
        "en": "A call cannot go to “{kind}”. Use extension, voicemail or hang_up.",
        "ar": "لا يمكن توجيه مكالمة إلى «{kind}». استخدم extension أو voicemail أو hang_up.",
        "fa": "تماس را نمی‌توان به «{kind}» فرستاد. از extension، voicemail یا hang_up استفاده کنید.",
        "zh": "來電無法轉至「{kind}」。請使用 extension、voicemail 或 hang_up。",
    },
    "one_destination": {
        "en": 'A destination is exactly one pair, for example extension: "101".',
        "ar": 'الوجهة زوج واحد بالضبط، مثل extension: "101".',
        "fa": 'مقصد دقیقاً یک زوج است، برای نمونه extension: "101".',
        "zh": '目的地必須剛好是一組配對，例如 extension: "101"。',
    },
    "hang_up_cause": {
        "en": "A call can be ended with one of: {allowed}.",
        "ar": "يمكن إنهاء المكالمة بأحد الأسباب التالية: {allowed}.",
        "fa": "تماس را می‌توان با یکی از این دلایل پایان داد: {allowed}.",
        "zh": "結束通話的原因只能是：{allowed}。",
    },
    "control_character": {
        "en": "The text holds an invisible character (U+{codepoint}). Delete it and type the text again.",
        "ar": "يحتوي النص على محرف غير مرئي (U+{codepoint}). احذفه وأعد كتابة النص.",
        "fa": "متن یک نویسهٔ نامرئی دارد (U+{codepoint}). آن را پاک کنید و متن را دوباره بنویسید.",
        "zh": "文字中有不可見字元（U+{codepoint}）。請刪除後重新輸入。",
    },
    "surrounding_space": {
        "en": "There is a space before or after the text. Remove it.",
        "ar": "توجد مسافة قبل النص أو بعده. احذفها.",
        "fa": "پیش یا پس از متن فاصله هست. آن را بردارید.",
        "zh": "文字前後有空格，請移除。",
    },
    "label": {
        "en": "Use lower-case letters a–z, digits and hyphens, {min} to {max} characters; no hyphen first or last.",
        "ar": "استخدم أحرفًا لاتينية صغيرة وأرقامًا وشرطات، من {min} إلى {max} حرفًا، من دون شرطة في البداية أو النهاية.",
        "fa": "از حروف کوچک لاتین، رقم و خط تیره استفاده کنید، {min} تا {max} نویسه؛ خط تیره در آغاز یا پایان نیاید.",
        "zh": "請使用小寫英文字母、數字與連字號，{min} 至 {max} 個字元；開頭與結尾不可為連字號。",
    },
    "group_name": {
        "en": "Use letters A–Z, digits, hyphen and underscore, {min} to {max} characters.",
        "ar": "استخدم أحرفًا لاتينية وأرقامًا وشرطات وشرطات سفلية، من {min} إلى {max} حرفًا.",
        "fa": "از حروف لاتین، رقم، خط تیره و زیرخط استفاده کنید، {min} تا {max} نویسه.",
        "zh": "請使用英文字母、數字、連字號與底線，{min} 至 {max} 個字元。",
    },
    "dialable": {
        "en": "A number people dial has {min} to {max} digits 0–9 and nothing else.",
        "ar": "الرقم الذي يُطلب يتكون من {min} إلى {max} أرقام من 0 إلى 9 فقط.",
        "fa": "شماره‌ای که گرفته می‌شود {min} تا {max} رقم از 0 تا 9 دارد و نه چیز دیگر.",
        "zh": "撥打用的號碼只能是 {min} 至 {max} 位數字 0–9。",
    },
    "feature_code": {
        "en": "A feature code is * or # and then one to six digits, * or #, for example *43.",
        "ar": "يبدأ رمز الخدمة بالرمز * أو # ويتبعه من رمز واحد إلى ستة من الأرقام أو * أو #، مثل *43.",
        "fa": "کد سرویس با * یا # آغاز می‌شود و پس از آن یک تا شش رقم، * یا # می‌آید، مانند *43.",
        "zh": "功能碼以 * 或 # 開頭，後接一至六個數字、* 或 #，例如 *43。",
    },
    "e164": {
        "en": "Write the outside number with + and country code, for example +966112345600.",
        "ar": "اكتب الرقم الخارجي مع + ورمز البلد، مثل +966112345600.",
        "fa": "شمارهٔ بیرونی را با + و کد کشور بنویسید، مانند +966112345600.",
        "zh": "外線號碼請以 + 與國碼開頭，例如 +966112345600。",
    },
    "secret": {
        "en": "A SIP password has {min} to {max} letters, digits and signs of the English keyboard, without spaces. Leave it out and the box makes one.",
        "ar": "تتكون كلمة مرور SIP من {min} إلى {max} حرفًا من الأحرف اللاتينية والأرقام والرموز، من دون مسافات. اتركها فارغة وسينشئها الجهاز.",
        "fa": "گذرواژهٔ SIP از {min} تا {max} حرف لاتین، رقم و نشانه، بدون فاصله، تشکیل می‌شود. اگر خالی بگذارید، دستگاه خودش می‌سازد.",
        "zh": "SIP 密碼須為 {min} 至 {max} 個英文字母、數字與符號，不含空格。留空則由系統自動產生。",
    },
    "pin": {
        "en": "A PIN has {min} to {max} digits.",
        "ar": "يتكون رمز PIN من {min} إلى {max} أرقام.",
        "fa": "رمز PIN از {min} تا {max} رقم دارد.",
        "zh": "PIN 碼須為 {min} 至 {max} 位數字。",
    },
    "email": {
        "en": "This is not an e-mail address. Write it like name@example.com.",
        "ar": "هذا ليس عنوان بريد إلكتروني صالحًا. اكتبه بالشكل name@example.com.",
        "fa": "این نشانی ایمیل درست نیست. آن را مانند name@example.com بنویسید.",
        "zh": "這不是有效的電子郵件地址。請寫成 name@example.com 的形式。",
    },
    "time_zone": {
        "en": "Write the time zone by region and city, for example Asia/Riyadh.",
        "ar": "اكتب المنطقة الزمنية بالإقليم والمدينة، مثل Asia/Riyadh.",
        "fa": "منطقهٔ زمانی را با ناحیه و شهر بنویسید، مانند Asia/Riyadh.",
        "zh": "請以地區與城市填寫時區，例如 Asia/Riyadh。",
    },
    "country": {
        "en": "Write the country as its two capital letters, for example SA.",
        "ar": "اكتب البلد بحرفين لاتينيين كبيرين، مثل SA.",
        "fa": "کشور را با دو حرف بزرگ لاتین بنویسید، مانند SA.",
        "zh": "請以兩個大寫英文字母填寫國家或地區，例如 SA。",
    },
    "invalid": {
        "en": "This value cannot be used here ({reason}).",
        "ar": "لا يمكن استخدام هذه القيمة هنا ({reason}).",
        "fa": "این مقدار را نمی‌توان اینجا به کار برد ({reason}).",
        "zh": "此處不能使用這個值（{reason}）。",
    },
}
