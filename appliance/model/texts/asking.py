# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""Why a question or an order to the daemon was refused, and what can go wrong with what is stored."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "problems": {
        "en": "There are problems to put right first. Nothing was changed.",
        "ar": "توجد مشكلات يجب حلها أولًا. لم يتغير شيء.",
        "fa": "نخست باید مشکلات را برطرف کرد. چیزی تغییر نکرد.",
        "zh": "請先修正問題，尚未作出任何更改。",
    },
    "display_off": {
        "en": "No display is set. Choose its kind under Hardware, and apply.",
        "ar": "لم تُحدد شاشة. اختر نوعها ضمن العتاد ثم طبّق.",
        "fa": "نمایشگری تعیین نشده است. نوع آن را در سخت‌افزار برگزینید و اعمال کنید.",
        "zh": "尚未設定顯示器。請在硬體中選擇類型，然後套用。",
    },
    "smdr_off": {
        "en": "Call records go nowhere yet. Set a serial port or a TCP port under Hardware, and apply.",
        "ar": "لا تُرسل سجلات المكالمات إلى أي مكان بعد. حدد منفذًا تسلسليًا أو منفذ TCP ضمن العتاد ثم طبّق.",
        "fa": "گزارش تماس‌ها هنوز به جایی نمی‌رود. در سخت‌افزار یک درگاه سریال یا درگاه TCP تعیین و اعمال کنید.",
        "zh": "話務記錄尚未有去處。請在硬體中設定序列埠或 TCP 埠，然後套用。",
    },
    "not_found": {
        "en": "“{name}” was not found ({noun}). It may have been removed; reload the list.",
        "ar": "لم يُعثر على «{name}» ({noun}). ربما حُذف؛ أعد تحميل القائمة.",
        "fa": "«{name}» پیدا نشد ({noun}). شاید حذف شده باشد؛ فهرست را دوباره بار کنید.",
        "zh": "找不到「{name}」（{noun}）。可能已被移除，請重新載入清單。",
    },
    "no_such_path": {
        "en": "There is nothing at this address. The description of the API lists what there is.",
        "ar": "لا يوجد شيء في هذا العنوان. وصف واجهة البرمجة يسرد المتاح.",
        "fa": "در این نشانی چیزی نیست. شرح واسط برنامه‌نویسی آنچه را هست فهرست می‌کند.",
        "zh": "此位址沒有內容，請參閱 API 說明。",
    },
    "method_not_allowed": {
        "en": "This address does not take this method. The header Allow names those it takes.",
        "ar": "هذا العنوان لا يقبل هذه الطريقة. الترويسة Allow تسمّي ما يقبله.",
        "fa": "این نشانی این روش را نمی‌پذیرد. سرآیند Allow روش‌های پذیرفته را نام می‌برد.",
        "zh": "此位址不接受這種方法，標頭 Allow 列出可用的方法。",
    },
    "already_exists": {
        "en": "“{name}” exists already ({noun}). Choose another name, or edit the one that is there.",
        "ar": "«{name}» موجود بالفعل ({noun}). اختر اسمًا آخر أو عدّل الموجود.",
        "fa": "«{name}» از پیش وجود دارد ({noun}). نام دیگری برگزینید یا همان را ویرایش کنید.",
        "zh": "「{name}」已存在（{noun}）。請另選名稱，或編輯現有的項目。",
    },
    "name_taken": {
        "en": "The name “{name}” is taken ({noun}). Choose another.",
        "ar": "الاسم «{name}» مستخدم ({noun}). اختر اسمًا آخر.",
        "fa": "نام «{name}» گرفته شده است ({noun}). نام دیگری برگزینید.",
        "zh": "名稱「{name}」已被使用（{noun}）。請另選一個。",
    },
    "forbidden": {
        "en": "You may not do this. Ask an administrator for the right to.",
        "ar": "ليس لديك صلاحية لهذا الإجراء. اطلبها من أحد المسؤولين.",
        "fa": "اجازهٔ این کار را ندارید. از مدیر سیستم بخواهید.",
        "zh": "您沒有此操作的權限，請向管理員申請。",
    },
    "not_signed_in": {
        "en": "You are not signed in, or your session has ended. Sign in.",
        "ar": "لم تسجّل الدخول أو انتهت جلستك. سجّل الدخول.",
        "fa": "وارد نشده‌اید یا نشست شما پایان یافته است. وارد شوید.",
        "zh": "您尚未登入，或登入已逾時。請登入。",
    },
    "conflict": {
        "en": "Something else changed this at the same moment. Look at it again, then repeat your change.",
        "ar": "حدث تغيير آخر في اللحظة نفسها. راجع الوضع الحالي ثم أعد تغييرك.",
        "fa": "در همان لحظه چیز دیگری این را تغییر داد. دوباره نگاه کنید و سپس تغییر خود را تکرار کنید.",
        "zh": "同時有其他更改發生。請重新檢視後再次更改。",
    },
    "overtaken": {
        "en": "Somebody else has changed the draft meanwhile. Load it again, then repeat your change.",
        "ar": "غيّر شخص آخر المسودة في هذه الأثناء. حمّلها من جديد ثم أعد تغييرك.",
        "fa": "در این میان کس دیگری پیش‌نویس را تغییر داده است. آن را دوباره بار کنید و سپس تغییر خود را تکرار کنید.",
        "zh": "其他人已更改草稿。請重新載入後再次更改。",
    },
    "bad_request": {
        "en": "The box did not understand the request. If a page sent it, reload the page; if a program did, check its arguments.",
        "ar": "لم يفهم الجهاز الطلب. إذا أرسلته صفحة فأعد تحميلها، وإذا أرسله برنامج فتحقق من معاملاته.",
        "fa": "دستگاه درخواست را نفهمید. اگر از صفحه‌ای بود، صفحه را دوباره بار کنید؛ اگر از برنامه‌ای بود، آرگومان‌هایش را بررسی کنید.",
        "zh": "系統無法理解此請求。若由網頁送出，請重新載入；若由程式送出，請檢查參數。",
    },
    "unknown_verb": {
        "en": "The box does not know this command. Its software may be older than the program that asks.",
        "ar": "لا يعرف الجهاز هذا الأمر. ربما كان برنامجه أقدم من البرنامج الذي يطلبه.",
        "fa": "دستگاه این فرمان را نمی‌شناسد. شاید نرم‌افزارش از برنامهٔ درخواست‌کننده قدیمی‌تر باشد.",
        "zh": "系統不認得此指令，其軟體可能比發出請求的程式舊。",
    },
    "version": {
        "en": "The program that asks and the box speak different versions. Update the older one.",
        "ar": "البرنامج الطالب والجهاز من إصدارين مختلفين. حدّث الأقدم منهما.",
        "fa": "نسخهٔ برنامهٔ درخواست‌کننده با دستگاه یکی نیست. قدیمی‌تر را به‌روز کنید.",
        "zh": "程式與系統的版本不符，請更新較舊的一方。",
    },
    "protocol": {
        "en": "The answer of the box could not be read. Try again; if it stays so, restart the box's service.",
        "ar": "تعذرت قراءة رد الجهاز. حاول مرة أخرى، وإذا استمر ذلك فأعد تشغيل خدمة الجهاز.",
        "fa": "پاسخ دستگاه خوانده نشد. دوباره امتحان کنید؛ اگر ادامه داشت، سرویس دستگاه را دوباره راه‌اندازی کنید.",
        "zh": "無法讀取系統的回應。請再試一次；若持續發生，請重新啟動系統服務。",
    },
    "unavailable": {
        "en": "The box's service does not answer at the moment. Wait a few seconds and try again.",
        "ar": "خدمة الجهاز لا تستجيب الآن. انتظر بضع ثوان ثم حاول مرة أخرى.",
        "fa": "سرویس دستگاه اکنون پاسخ نمی‌دهد. چند ثانیه صبر کنید و دوباره امتحان کنید.",
        "zh": "系統服務目前沒有回應。請稍候幾秒再試。",
    },
    "timeout": {
        "en": "The box took too long to answer. Look whether the change was made before you repeat it.",
        "ar": "استغرق الجهاز وقتًا طويلًا للرد. تحقق مما إذا كان التغيير قد تم قبل أن تعيده.",
        "fa": "پاسخ دستگاه بیش از اندازه طول کشید. پیش از تکرار ببینید آیا تغییر انجام شده است.",
        "zh": "系統回應逾時。重試之前，請先確認更改是否已完成。",
    },
    "internal": {
        "en": "Something failed inside the box. Try again; the log of the box says what it was.",
        "ar": "حدث خطأ داخلي في الجهاز. حاول مرة أخرى، وتجد التفاصيل في سجل الجهاز.",
        "fa": "خطایی در درون دستگاه رخ داد. دوباره امتحان کنید؛ شرح آن در گزارش دستگاه هست.",
        "zh": "系統內部發生錯誤。請再試一次，詳情見系統日誌。",
    },
    "line_too_long": {
        "en": "The message is too large for the box to take. Send it in smaller parts.",
        "ar": "الرسالة أكبر مما يقبله الجهاز. أرسلها على أجزاء أصغر.",
        "fa": "پیام بزرگ‌تر از آن است که دستگاه بپذیرد. آن را در بخش‌های کوچک‌تر بفرستید.",
        "zh": "訊息過大，系統無法接受。請分批傳送。",
    },
    "disk_full": {
        "en": "The box's disk is full. Nothing was changed. Delete old recordings or logs, then try again.",
        "ar": "قرص الجهاز ممتلئ. لم يتغير شيء. احذف التسجيلات أو السجلات القديمة ثم حاول مرة أخرى.",
        "fa": "دیسک دستگاه پر است. چیزی تغییر نکرد. ضبط‌ها یا گزارش‌های قدیمی را پاک کنید و دوباره امتحان کنید.",
        "zh": "系統磁碟已滿，未作任何更改。請刪除舊錄音或日誌後再試。",
    },
    "database_newer": {
        "en": "The stored data was made by a newer version of the software. Start that version, or restore an older backup.",
        "ar": "البيانات المخزنة من إصدار أحدث من البرنامج. شغّل ذلك الإصدار أو استعد نسخة احتياطية أقدم.",
        "fa": "داده‌های ذخیره‌شده از نسخهٔ تازه‌تری از نرم‌افزار است. همان نسخه را اجرا کنید یا پشتیبان قدیمی‌تری را بازگردانید.",
        "zh": "儲存的資料由較新版本的軟體建立。請啟動該版本，或還原較舊的備份。",
    },
    "database_damaged": {
        "en": "The stored data is damaged and no backup on the box is whole. Restore a backup from elsewhere.",
        "ar": "البيانات المخزنة تالفة ولا توجد نسخة احتياطية سليمة على الجهاز. استعد نسخة احتياطية من مكان آخر.",
        "fa": "داده‌های ذخیره‌شده آسیب دیده‌اند و هیچ پشتیبان سالمی روی دستگاه نیست. پشتیبانی از جای دیگر بازگردانید.",
        "zh": "儲存的資料已損壞，本機上也沒有完好的備份。請從其他地方還原備份。",
    },
    "database_unreadable": {
        "en": "The stored data cannot be read at the moment. Wait a few seconds and try again.",
        "ar": "لا يمكن قراءة البيانات المخزنة الآن. انتظر بضع ثوان ثم حاول مرة أخرى.",
        "fa": "داده‌های ذخیره‌شده اکنون خوانده نمی‌شوند. چند ثانیه صبر کنید و دوباره امتحان کنید.",
        "zh": "目前無法讀取儲存的資料。請稍候幾秒再試。",
    },
    "store": {
        "en": "The box could not read or write its data. The log of the box says why.",
        "ar": "تعذر على الجهاز قراءة بياناته أو كتابتها. تجد السبب في سجل الجهاز.",
        "fa": "دستگاه نتوانست داده‌هایش را بخواند یا بنویسد. علت در گزارش دستگاه هست.",
        "zh": "系統無法讀寫其資料，原因見系統日誌。",
    },
}
