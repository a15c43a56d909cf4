# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What is wrong with spans, trunks, telephones on lines, and routes."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "dial_pattern": {
        "en": "Write a pattern of digits, X (0–9), Z (1–9), N (2–9) and sets like [1-5]; a dot only at the end, for one digit or more.",
        "ar": "اكتب نمطًا من الأرقام وX (0–9) وZ (1–9) وN (2–9) ومجموعات مثل [1-5]؛ والنقطة في النهاية فقط وتعني رقمًا واحدًا أو أكثر.",
        "fa": "الگویی از رقم‌ها، X (0–9)، Z (1–9)، N (2–9) و مجموعه‌هایی مانند [1-5] بنویسید؛ نقطه تنها در پایان، برای یک رقم یا بیشتر.",
        "zh": "請以數字、X（0–9）、Z（1–9）、N（2–9）及 [1-5] 之類的集合撰寫樣式；句點只能放在最後，代表一位或多位數字。",
    },
    "dial_pattern_range": {
        "en": "A range in the pattern runs backwards. Write the smaller digit first, like [2-5].",
        "ar": "مدى في النمط معكوس. اكتب الرقم الأصغر أولًا، مثل [2-5].",
        "fa": "بازه‌ای در الگو وارونه است. رقم کوچک‌تر را نخست بنویسید، مانند [2-5].",
        "zh": "樣式中的範圍前後顛倒。請先寫較小的數字，例如 [2-5]。",
    },
    "prepended": {
        "en": "Write digits, * or #, with + only in front.",
        "ar": "اكتب أرقامًا أو * أو #، و+ في البداية فقط.",
        "fa": "رقم، * یا # بنویسید و + تنها در آغاز.",
        "zh": "請填寫數字、* 或 #，+ 只能放在最前面。",
    },
    "emergency_number": {
        "en": "An emergency number has {min} to {max} digits.",
        "ar": "يتكون رقم الطوارئ من {min} إلى {max} أرقام.",
        "fa": "شمارهٔ اضطراری {min} تا {max} رقم دارد.",
        "zh": "緊急號碼須為 {min} 至 {max} 位數字。",
    },
    "card": {
        "en": "Write auto, or the card as the hardware page shows it.",
        "ar": "اكتب auto أو معرّف البطاقة كما يظهر في صفحة العتاد.",
        "fa": "بنویسید auto، یا کارت را همان‌گونه که صفحهٔ سخت‌افزار نشان می‌دهد.",
        "zh": "請填 auto，或硬體頁面所顯示的介面卡識別。",
    },
    "serial_port": {
        "en": "Write the serial port as the hardware page names it, for example ttyS0.",
        "ar": "اكتب المنفذ التسلسلي كما يظهر في صفحة العتاد، مثل ttyS0.",
        "fa": "درگاه سریال را همان‌گونه که صفحهٔ سخت‌افزار می‌نامد بنویسید، مانند ttyS0.",
        "zh": "請依硬體頁面填寫序列埠名稱，例如 ttyS0。",
    },
    "duplicate_name": {
        "en": "The name {name} is taken already ({other}). Choose another.",
        "ar": "الاسم {name} مستخدم بالفعل ({other}). اختر اسمًا آخر.",
        "fa": "نام {name} پیش‌تر به کار رفته است ({other}). نام دیگری برگزینید.",
        "zh": "名稱 {name} 已被使用（{other}）。請另選一個。",
    },
    "not_of_kind": {
        "en": "A span of kind {kind} cannot have {value}. Use one of: {allowed}.",
        "ar": "لا يمكن لامتداد من النوع {kind} استخدام {value}. استخدم إحدى القيم: {allowed}.",
        "fa": "اسپنی از نوع {kind} نمی‌تواند {value} داشته باشد. یکی از این‌ها را به کار ببرید: {allowed}.",
        "zh": "種類為 {kind} 的線路介面不能使用 {value}。請使用：{allowed}。",
    },
    "not_for_span": {
        "en": "This means nothing for a span of kind {kind} with the signalling {signalling}. Take it out.",
        "ar": "لا معنى لهذا الحقل في امتداد من النوع {kind} بالتأشير {signalling}. احذفه.",
        "fa": "این برای اسپنی از نوع {kind} با سیگنالینگ {signalling} معنایی ندارد. آن را بردارید.",
        "zh": "此項對種類 {kind}、信令 {signalling} 的線路介面沒有意義，請移除。",
    },
    "port_taken": {
        "en": "Port {port} of this card is used by another span already ({other}).",
        "ar": "المنفذ {port} في هذه البطاقة يستخدمه امتداد آخر بالفعل ({other}).",
        "fa": "درگاه {port} این کارت را اسپن دیگری به کار می‌برد ({other}).",
        "zh": "此介面卡的連接埠 {port} 已由另一個線路介面使用（{other}）。",
    },
    "timing_repeated": {
        "en": "Another span ({other}) has the clock priority {timing} too. Give each its own.",
        "ar": "امتداد آخر ({other}) له أولوية التوقيت {timing} نفسها. أعطِ كل امتداد أولوية خاصة.",
        "fa": "اسپن دیگری ({other}) نیز اولویت ساعت {timing} دارد. به هر کدام اولویت جدا بدهید.",
        "zh": "另一個線路介面（{other}）也使用時脈優先順序 {timing}。請分別設定。",
    },
    "serial_port_used": {
        "en": "The display is on the serial port {port} already. Choose another.",
        "ar": "الشاشة موصولة بالمنفذ التسلسلي {port} بالفعل. اختر منفذًا آخر.",
        "fa": "نمایشگر روی درگاه سریال {port} است. دیگری برگزینید.",
        "zh": "序列埠 {port} 已由面板顯示器使用，請另選一個。",
    },
    "no_such_span": {
        "en": "There is no span {span}. Check its spelling, or add it under Hardware.",
        "ar": "لا يوجد امتداد باسم {span}. تحقق من كتابته أو أضفه ضمن العتاد.",
        "fa": "اسپنی به نام {span} وجود ندارد. املای آن را بررسی یا آن را در سخت‌افزار اضافه کنید.",
        "zh": "沒有線路介面 {span}。請檢查拼寫，或在硬體中新增。",
    },
    "no_such_trunk": {
        "en": "There is no trunk {trunk}. Check its spelling, or add it.",
        "ar": "لا يوجد خط ربط باسم {trunk}. تحقق من كتابته أو أضفه.",
        "fa": "ترانکی به نام {trunk} وجود ندارد. املای آن را بررسی یا آن را اضافه کنید.",
        "zh": "沒有中繼線 {trunk}。請檢查拼寫，或新增。",
    },
    "span_of_two_trunks": {
        "en": "The span {span} belongs to another trunk already ({other}). Take it out of one.",
        "ar": "الامتداد {span} يتبع خط ربط آخر بالفعل ({other}). احذفه من أحدهما.",
        "fa": "اسپن {span} از آنِ ترانک دیگری است ({other}). آن را از یکی بردارید.",
        "zh": "線路介面 {span} 已屬於另一條中繼線（{other}）。請從其中一條移除。",
    },
    "span_for_telephones": {
        "en": "The span {span} is for telephones, so no trunk can use it. Choose a span with lines.",
        "ar": "الامتداد {span} مخصص للهواتف، فلا يمكن لخط ربط استخدامه. اختر امتدادًا للخطوط.",
        "fa": "اسپن {span} برای تلفن‌هاست و ترانک نمی‌تواند از آن استفاده کند. اسپنی با خط برگزینید.",
        "zh": "線路介面 {span} 供電話機使用，中繼線不能使用。請選擇接外線的介面。",
    },
    "span_for_lines": {
        "en": "The span {span} is for lines, so no telephone can be on it. Choose a span whose signalling begins with fxo.",
        "ar": "الامتداد {span} مخصص للخطوط، فلا يمكن وصل هاتف به. اختر امتدادًا يبدأ تأشيره بـ fxo.",
        "fa": "اسپن {span} برای خط‌هاست و تلفن نمی‌تواند روی آن باشد. اسپنی برگزینید که سیگنالینگ آن با fxo آغاز شود.",
        "zh": "線路介面 {span} 供外線使用，不能接電話機。請選擇信令以 fxo 開頭的介面。",
    },
    "secret_with_line": {
        "en": "Extension {number} is an analog telephone and has no SIP password. Take the password or the line out.",
        "ar": "التحويلة {number} هاتف تماثلي وليست لها كلمة مرور SIP. احذف كلمة المرور أو الخط.",
        "fa": "داخلی {number} تلفن آنالوگ است و گذرواژهٔ SIP ندارد. گذرواژه یا خط را بردارید.",
        "zh": "分機 {number} 為類比電話，沒有 SIP 密碼。請移除密碼或線路設定。",
    },
    "channel_taken": {
        "en": "Channel {channel} of this span has another telephone already (extension {other}).",
        "ar": "القناة {channel} في هذا الامتداد موصول بها هاتف آخر (التحويلة {other}).",
        "fa": "کانال {channel} این اسپن تلفن دیگری دارد (داخلی {other}).",
        "zh": "此線路介面的通道 {channel} 已接另一部電話（分機 {other}）。",
    },
    "no_such_channel": {
        "en": "The span {span} has {channels} channels, so there is no channel {channel}.",
        "ar": "عدد قنوات الامتداد {span} هو {channels}، فلا توجد القناة {channel}.",
        "fa": "اسپن {span} {channels} کانال دارد، پس کانال {channel} وجود ندارد.",
        "zh": "線路介面 {span} 有 {channels} 個通道，沒有通道 {channel}。",
    },
    "caller_id_not_ours": {
        "en": "{number} is not among the numbers of any trunk. The telephone company may refuse it or show another.",
        "ar": "{number} ليس من أرقام أي خط ربط. قد ترفضه شركة الهاتف أو تعرض رقمًا آخر.",
        "fa": "{number} در شماره‌های هیچ ترانکی نیست. شرکت مخابرات شاید آن را نپذیرد یا شمارهٔ دیگری نشان دهد.",
        "zh": "{number} 不屬於任何中繼線的號碼，電信公司可能拒絕或改顯示其他號碼。",
    },
    "same_conditions": {
        "en": "Another route ({other}) has the same conditions ({key}). Change one of them or remove it.",
        "ar": "لمسار آخر ({other}) الشروط نفسها ({key}). غيّر أحدهما أو احذفه.",
        "fa": "مسیر دیگری ({other}) همین شرط‌ها را دارد ({key}). یکی را تغییر دهید یا بردارید.",
        "zh": "另一條路由（{other}）的條件相同（{key}）。請更改或移除其中一條。",
    },
    "strip_too_long": {
        "en": "Taking {strip} digits leaves nothing of some numbers that fit {pattern}. Take fewer.",
        "ar": "حذف {strip} من الأرقام لا يترك شيئًا من بعض الأرقام المطابقة للنمط {pattern}. احذف عددًا أقل.",
        "fa": "برداشتن {strip} رقم از برخی شماره‌های الگوی {pattern} چیزی باقی نمی‌گذارد. رقم‌های کمتری بردارید.",
        "zh": "去除 {strip} 位後，部分符合 {pattern} 的號碼將無剩餘數字。請減少去除位數。",
    },
    "pattern_hidden": {
        "en": "No call reaches {pattern}: the route {route} before it takes all of them ({other}). Change the order or remove it.",
        "ar": "لا تصل أي مكالمة إلى {pattern}: المسار {route} قبله يأخذها كلها ({other}). غيّر الترتيب أو احذف النمط.",
        "fa": "هیچ تماسی به {pattern} نمی‌رسد: مسیر {route} پیش از آن همه را می‌گیرد ({other}). ترتیب را تغییر دهید یا آن را بردارید.",
        "zh": "沒有通話會用到 {pattern}：前面的路由 {route} 已全部攔下（{other}）。請調整順序或移除。",
    },
    "pattern_fits_extension": {
        "en": "Extension {number} fits {pattern} too; dialling it rings the extension, never the trunk.",
        "ar": "التحويلة {number} تطابق {pattern} أيضًا؛ وطلبها يرن عند التحويلة وليس عبر خط الربط.",
        "fa": "داخلی {number} نیز با {pattern} جور است؛ گرفتن آن داخلی را زنگ می‌زند، نه ترانک را.",
        "zh": "分機 {number} 也符合 {pattern}；撥打時會響分機，而不會走中繼線。",
    },
    "no_emergency": {
        "en": "No emergency numbers are set, so calls for help are limited like any other. Set them under Box; usual in this country: {numbers}.",
        "ar": "لم تُحدد أرقام طوارئ، فتخضع مكالمات الاستغاثة للقيود كغيرها. حددها ضمن الجهاز؛ المعتاد في هذا البلد: {numbers}.",
        "fa": "شمارهٔ اضطراری تعیین نشده است، پس تماس‌های کمک مانند دیگر تماس‌ها محدود می‌شوند. آن‌ها را در بخش دستگاه تعیین کنید؛ معمول در این کشور: {numbers}.",
        "zh": "尚未設定緊急號碼，求助電話會受到一般限制。請在系統設定中設定；本國常用：{numbers}。",
    },
    "card_missing": {
        "en": "The card of the span {span} is not in the box. Its lines are out of order until it is back; everything else keeps its place.",
        "ar": "بطاقة الامتداد {span} غير موجودة في الجهاز. خطوطه معطلة حتى تعود، وكل ما عداها يبقى في مكانه.",
        "fa": "کارت اسپن {span} در دستگاه نیست. خط‌های آن تا بازگشتش از کار افتاده‌اند؛ بقیه سر جای خود می‌مانند.",
        "zh": "線路介面 {span} 的介面卡不在本機中。在恢復之前其線路無法使用，其餘不受影響。",
    },
    "no_fitting_card": {
        "en": "No card in the box has a free port that fits the span {span}. Fit a card, or name one.",
        "ar": "لا توجد في الجهاز بطاقة بمنفذ متاح يناسب الامتداد {span}. ركّب بطاقة أو حدد واحدة.",
        "fa": "هیچ کارتی در دستگاه درگاه آزاد مناسب اسپن {span} ندارد. کارتی نصب کنید یا کارتی را نام ببرید.",
        "zh": "本機沒有介面卡具備適合線路介面 {span} 的空閒連接埠。請安裝介面卡，或指定一張。",
    },
}
