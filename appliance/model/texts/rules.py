# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What is wrong between fields: the sentences of ``verify``."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "duplicate_number": {
        "en": "The number {number} is used twice; it is also at {other}. Choose another.",
        "ar": "الرقم {number} مستخدم مرتين، وهو موجود أيضًا في {other}. اختر رقمًا آخر.",
        "fa": "شمارهٔ {number} دو بار به کار رفته است؛ در {other} هم هست. شمارهٔ دیگری برگزینید.",
        "zh": "號碼 {number} 重複使用，{other} 也是此號碼。請另選一個。",
    },
    "number_clash": {
        "en": "{number} already reaches something else, at {other}. Choose another.",
        "ar": "الرقم {number} يؤدي بالفعل إلى وجهة أخرى، في {other}. اختر رقمًا آخر.",
        "fa": "{number} از پیش برای چیز دیگری به کار رفته است: {other}. شمارهٔ دیگری برگزینید.",
        "zh": "{number} 已用於其他項目（{other}）。請另選一個。",
    },
    "code_prefix": {
        "en": "{number} cannot be told from {code} followed by digits ({other}). Choose a code that does not begin with {code} and a digit.",
        "ar": "لا يمكن تمييز {number} عن {code} متبوعًا بأرقام ({other}). اختر رمزًا لا يبدأ بـ {code} يليه رقم.",
        "fa": "{number} را نمی‌توان از {code} همراه با رقم‌های پس از آن تشخیص داد ({other}). کدی برگزینید که با {code} و یک رقم آغاز نشود.",
        "zh": "{number} 無法與「{code} 加數字」區分（{other}）。請選擇不以 {code} 加數字開頭的代碼。",
    },
    "extension_length": {
        "en": "Extension numbers of this box have {digits} digits; {number} does not. Change the number, or the digits under Box.",
        "ar": "أرقام التحويلات في هذا الجهاز مكونة من {digits} أرقام، و{number} ليس كذلك. غيّر الرقم أو عدد الأرقام في إعدادات الجهاز.",
        "fa": "شماره‌های داخلی این دستگاه {digits} رقمی‌اند و {number} چنین نیست. شماره یا تعداد رقم‌ها را در تنظیمات دستگاه تغییر دهید.",
        "zh": "本機的分機號碼為 {digits} 位數，{number} 不符。請更改號碼，或在系統設定中更改位數。",
    },
    "no_such_extension": {
        "en": "There is no extension {number}. Add it, or choose another destination.",
        "ar": "لا توجد تحويلة بالرقم {number}. أضفها أو اختر وجهة أخرى.",
        "fa": "داخلی {number} وجود ندارد. آن را بسازید یا مقصد دیگری برگزینید.",
        "zh": "沒有分機 {number}。請新增該分機，或選擇其他目的地。",
    },
    "no_voicemail": {
        "en": "Extension {number} has no voicemail. Turn its voicemail on, or choose another destination.",
        "ar": "التحويلة {number} ليس لديها بريد صوتي. فعّل بريدها الصوتي أو اختر وجهة أخرى.",
        "fa": "داخلی {number} صندوق صوتی ندارد. صندوق صوتی آن را فعال کنید یا مقصد دیگری برگزینید.",
        "zh": "分機 {number} 沒有語音信箱。請開啟其語音信箱，或選擇其他目的地。",
    },
    "forward_to_self": {
        "en": "Extension {number} is forwarded to itself. Choose another destination.",
        "ar": "التحويلة {number} معاد توجيهها إلى نفسها. اختر وجهة أخرى.",
        "fa": "داخلی {number} به خودش هدایت شده است. مقصد دیگری برگزینید.",
        "zh": "分機 {number} 轉接到自己。請選擇其他目的地。",
    },
    "forward_loop": {
        "en": "These extensions are forwarded in a circle: {numbers}. No call would ever ring. End one of the forwardings.",
        "ar": "هذه التحويلات معاد توجيهها في حلقة مغلقة: {numbers}. لن ترن أي مكالمة. ألغِ واحدة من عمليات إعادة التوجيه.",
        "fa": "این داخلی‌ها در یک حلقه به هم هدایت شده‌اند: {numbers}. هیچ تماسی زنگ نمی‌خورد. یکی از هدایت‌ها را بردارید.",
        "zh": "這些分機的轉接形成循環：{numbers}。任何來電都不會響鈴。請取消其中一個轉接。",
    },
    "forward_circle": {
        "en": "When all of them are busy or do not answer, calls go round in a circle: {numbers}. Send one of them to voicemail instead.",
        "ar": "إذا كانت جميعها مشغولة أو لم تُجب، فستدور المكالمات في حلقة: {numbers}. وجّه إحداها إلى البريد الصوتي.",
        "fa": "اگر همه مشغول باشند یا پاسخ ندهند، تماس‌ها در حلقه می‌چرخند: {numbers}. یکی از آن‌ها را به صندوق صوتی بفرستید.",
        "zh": "若全部忙線或無人接聽，來電會循環轉接：{numbers}。請將其中一個改轉至語音信箱。",
    },
    "secret_digits_only": {
        "en": "A SIP password of digits only is soon guessed. Add letters, or leave it out and the box makes a strong one.",
        "ar": "كلمة مرور SIP المكونة من أرقام فقط يسهل تخمينها. أضف أحرفًا، أو اتركها فارغة وسينشئ الجهاز كلمة قوية.",
        "fa": "گذرواژهٔ SIP که فقط رقم باشد زود حدس زده می‌شود. حرف هم بیفزایید یا خالی بگذارید تا دستگاه یک گذرواژهٔ قوی بسازد.",
        "zh": "只有數字的 SIP 密碼很容易被猜中。請加入字母，或留空由系統產生強密碼。",
    },
    "secret_guessable": {
        "en": "This SIP password is easily guessed. Choose a longer one without name, number or common words, or leave it out and the box makes one.",
        "ar": "كلمة مرور SIP هذه سهلة التخمين. اختر كلمة أطول من دون اسم أو رقم أو كلمات شائعة، أو اتركها فارغة وسينشئها الجهاز.",
        "fa": "این گذرواژهٔ SIP به‌آسانی حدس زده می‌شود. گذرواژهٔ بلندتری بدون نام، شماره و واژه‌های رایج برگزینید یا خالی بگذارید تا دستگاه بسازد.",
        "zh": "此 SIP 密碼太容易猜中。請改用較長且不含姓名、號碼或常見字詞的密碼，或留空由系統產生。",
    },
    "secret_short": {
        "en": "This SIP password is short. {min} characters or more are safer.",
        "ar": "كلمة مرور SIP هذه قصيرة. من الأفضل ألا يقل عدد أحرفها عن {min}.",
        "fa": "این گذرواژهٔ SIP کوتاه است. {min} نویسه یا بیشتر امن‌تر است.",
        "zh": "此 SIP 密碼較短，建議至少 {min} 個字元。",
    },
    "secret_names_extension": {
        "en": "The SIP password of {number} contains its own number or name. One without is safer.",
        "ar": "كلمة مرور SIP للتحويلة {number} تحتوي على رقمها أو اسمها. من الأفضل أن تخلو منهما.",
        "fa": "گذرواژهٔ SIP داخلی {number} شماره یا نام خودش را در بر دارد. بهتر است چنین نباشد.",
        "zh": "分機 {number} 的 SIP 密碼包含自己的號碼或姓名，建議避免。",
    },
    "pin_is_number": {
        "en": "The PIN is the extension's own number ({number}); it is the first that anybody tries. Choose another.",
        "ar": "رمز PIN هو رقم التحويلة نفسه ({number})، وهو أول ما يُجرَّب. اختر رمزًا آخر.",
        "fa": "رمز PIN همان شمارهٔ داخلی ({number}) است و پیش از همه امتحان می‌شود. رمز دیگری برگزینید.",
        "zh": "PIN 碼就是分機號碼本身（{number}），任何人都會先試它。請另選一個。",
    },
    "pin_one_digit": {
        "en": "The PIN repeats one digit. Choose another.",
        "ar": "رمز PIN يكرر رقمًا واحدًا. اختر رمزًا آخر.",
        "fa": "رمز PIN تکرار یک رقم است. رمز دیگری برگزینید.",
        "zh": "PIN 碼為同一個數字重複。請另選一個。",
    },
    "pin_sequence": {
        "en": "The PIN is a straight sequence like 1234. Choose another.",
        "ar": "رمز PIN أرقام متسلسلة مثل 1234. اختر رمزًا آخر.",
        "fa": "رمز PIN رقم‌های پشت‌سرهم مانند 1234 است. رمز دیگری برگزینید.",
        "zh": "PIN 碼為連續數字，如 1234。請另選一個。",
    },
    "pin_contains_number": {
        "en": "The PIN contains the extension's own number ({number}). Another is safer.",
        "ar": "رمز PIN يحتوي على رقم التحويلة نفسه ({number}). من الأفضل اختيار رمز آخر.",
        "fa": "رمز PIN شمارهٔ داخلی ({number}) را در بر دارد. رمز دیگری امن‌تر است.",
        "zh": "PIN 碼包含分機號碼（{number}），建議改用其他號碼。",
    },
    "unknown_country": {
        "en": "There is no country with the letters {country}. Use the two letters of ISO 3166, for example SA.",
        "ar": "لا يوجد بلد بالرمز {country}. استخدم الحرفين حسب معيار ISO 3166، مثل SA.",
        "fa": "کشوری با نشان {country} وجود ندارد. از دو حرف ISO 3166 استفاده کنید، مانند SA.",
        "zh": "沒有代碼為 {country} 的國家或地區。請使用 ISO 3166 的兩個字母，例如 SA。",
    },
    "unknown_time_zone": {
        "en": "There is no time zone {time_zone}. Choose one from the list, for example Asia/Riyadh.",
        "ar": "لا توجد منطقة زمنية باسم {time_zone}. اختر واحدة من القائمة، مثل Asia/Riyadh.",
        "fa": "منطقهٔ زمانی {time_zone} وجود ندارد. یکی را از فهرست برگزینید، مانند Asia/Riyadh.",
        "zh": "沒有時區 {time_zone}。請從清單中選擇，例如 Asia/Riyadh。",
    },
    "time_zone_elsewhere": {
        "en": "The time zone {time_zone} is not one of the country {country}. Did you mean {suggested}?",
        "ar": "المنطقة الزمنية {time_zone} ليست من مناطق البلد {country}. هل تقصد {suggested}؟",
        "fa": "منطقهٔ زمانی {time_zone} از آنِ کشور {country} نیست. آیا منظورتان {suggested} است؟",
        "zh": "時區 {time_zone} 不屬於 {country}。您是指 {suggested} 嗎？",
    },
    "language_not_offered": {
        "en": "{language} is not among the languages of the box. Add it there, or choose another.",
        "ar": "{language} ليست من لغات الجهاز. أضفها إليها أو اختر لغة أخرى.",
        "fa": "{language} از زبان‌های دستگاه نیست. آن را به زبان‌ها بیفزایید یا زبان دیگری برگزینید.",
        "zh": "{language}不在本機的語言之中。請加入該語言，或選擇其他語言。",
    },
    "repeated": {
        "en": "“{value}” is in the list twice. Remove one.",
        "ar": "«{value}» مكرر في القائمة. احذف أحدهما.",
        "fa": "«{value}» دو بار در فهرست آمده است. یکی را بردارید.",
        "zh": "「{value}」在清單中重複，請刪除一個。",
    },
    "no_transport": {
        "en": "UDP, TCP and TLS are all off, so no phone could reach the box. Turn at least one on.",
        "ar": "UDP وTCP وTLS معطلة جميعها، فلن يستطيع أي هاتف الوصول إلى الجهاز. فعّل واحدًا منها على الأقل.",
        "fa": "UDP، TCP و TLS همه خاموش‌اند و هیچ تلفنی به دستگاه نمی‌رسد. دست‌کم یکی را روشن کنید.",
        "zh": "UDP、TCP 與 TLS 全部關閉，話機將無法連線。請至少開啟一個。",
    },
    "keys_in_clear": {
        "en": "Media encryption is required but TLS is off: the keys travel in clear and encryption protects little. Turn TLS on.",
        "ar": "تشفير الوسائط مطلوب لكن TLS معطل: تُرسل المفاتيح مكشوفة فلا يحمي التشفير كثيرًا. فعّل TLS.",
        "fa": "رمزگذاری رسانه الزامی است اما TLS خاموش است: کلیدها آشکار فرستاده می‌شوند و رمزگذاری چندان محافظت نمی‌کند. TLS را روشن کنید.",
        "zh": "已要求媒體加密，但 TLS 關閉：金鑰以明文傳送，加密形同虛設。請開啟 TLS。",
    },
    "pickup_group_empty": {
        "en": "No extension is in the pickup group “{group}”, so there is nothing to pick up. Check its spelling.",
        "ar": "لا توجد أي تحويلة في مجموعة الالتقاط «{group}»، فلا شيء لالتقاطه. تحقق من كتابتها.",
        "fa": "هیچ داخلی‌ای در گروه برداشت «{group}» نیست، پس چیزی برای برداشتن نیست. املای آن را بررسی کنید.",
        "zh": "代接群組「{group}」中沒有任何分機，無來電可代接。請檢查拼寫。",
    },
    "in_use": {
        "en": "{name} is still used in {count} places: {references}. Change these first, or remove them along with it.",
        "ar": "{name} لا يزال مستخدمًا في مواضع عددها {count}: {references}. غيّرها أولًا أو احذفها معه.",
        "fa": "{name} هنوز در {count} جا به کار رفته است: {references}. نخست آن‌ها را تغییر دهید یا همراه آن حذف کنید.",
        "zh": "{name} 仍在 {count} 處使用：{references}。請先更改這些項目，或一併移除。",
    },
    "secret_lost": {
        "en": "The stored secret of this field is gone. Enter it again, or leave it out and the box makes a new one.",
        "ar": "فُقدت القيمة السرية المحفوظة لهذا الحقل. أدخلها من جديد أو اتركها فارغة وسينشئ الجهاز قيمة جديدة.",
        "fa": "مقدار محرمانهٔ ذخیره‌شدهٔ این فیلد از دست رفته است. آن را دوباره وارد کنید یا خالی بگذارید تا دستگاه مقدار تازه‌ای بسازد.",
        "zh": "此欄位儲存的機密已遺失。請重新輸入，或留空由系統產生新的。",
    },
}
