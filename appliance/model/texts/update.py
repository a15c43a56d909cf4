# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""Updates: why one was refused, and why a new system did not prove itself."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    # --- refused; nothing was changed
    "update_unsupported": {
        "en": "This box does not run from slots, so it cannot be updated this way (a development box, or one that was not flashed).",
        "ar": "لا يعمل هذا الجهاز من شقوق النظام، فلا يمكن تحديثه بهذه الطريقة (جهاز تطوير أو جهاز لم تُكتب عليه الصورة).",
        "fa": "این دستگاه از جایگاه‌های سیستم اجرا نمی‌شود و نمی‌توان آن را این‌گونه به‌روز کرد (دستگاه توسعه، یا دستگاهی که تصویر بر آن نوشته نشده است).",
        "zh": "本機並非從系統槽運行，無法以此方式更新（開發機，或未寫入映像的機器）。",
    },
    "update_running": {
        "en": "Another update is at work. Wait until it has ended.",
        "ar": "هناك تحديث آخر قيد العمل. انتظر حتى ينتهي.",
        "fa": "به‌روزرسانی دیگری در جریان است. تا پایان آن صبر کنید.",
        "zh": "另一個更新正在進行，請等待其結束。",
    },
    "update_installing": {
        "en": "An update is being installed; that cannot be broken off. Wait until it has ended.",
        "ar": "يجري تثبيت تحديث ولا يمكن قطعه. انتظر حتى ينتهي.",
        "fa": "به‌روزرسانی در حال نصب است و نمی‌توان آن را قطع کرد. تا پایان آن صبر کنید.",
        "zh": "正在安裝更新，無法中斷。請等待其結束。",
    },
    "update_proving": {
        "en": "The new system has yet to prove itself; installing now would overwrite the one to go back to. Wait a few minutes.",
        "ar": "لم يُثبت النظام الجديد صلاحيته بعد؛ والتثبيت الآن يمحو النظام الذي يُرجع إليه. انتظر بضع دقائق.",
        "fa": "سیستم تازه هنوز درستی خود را نشان نداده است؛ نصب اکنون سیستمی را که می‌توان به آن بازگشت از میان می‌برد. چند دقیقه صبر کنید.",
        "zh": "新系統尚未通過驗證；現在安裝會覆蓋可退回的系統。請等待數分鐘。",
    },
    "update_too_large": {
        "en": "The file has {mb} MB; a bundle has at most {max} MB.",
        "ar": "حجم الملف {mb} م.ب؛ والحد الأقصى للحزمة {max} م.ب.",
        "fa": "فایل {mb} مگابایت است؛ بسته حداکثر {max} مگابایت دارد.",
        "zh": "檔案有 {mb} MB；更新套件最多 {max} MB。",
    },
    "update_disk_full": {
        "en": "There is no room: {needed} MB are needed on /data, {free} MB are free. Remove recordings or old backups.",
        "ar": "لا توجد مساحة: يلزم {needed} م.ب على /data والمتاح {free} م.ب. احذف تسجيلات أو نسخًا احتياطية قديمة.",
        "fa": "جا نیست: {needed} مگابایت روی /data لازم است و {free} مگابایت آزاد است. ضبط‌ها یا پشتیبان‌های کهنه را پاک کنید.",
        "zh": "空間不足：/data 需要 {needed} MB，可用 {free} MB。請移除錄音或舊備份。",
    },
    "update_piece": {
        "en": "That piece does not follow what has come so far ({expected} bytes). Send the file again.",
        "ar": "هذا الجزء لا يلي ما وصل حتى الآن ({expected} بايت). أرسل الملف من جديد.",
        "fa": "این تکه دنبالهٔ آنچه تاکنون رسیده ({expected} بایت) نیست. فایل را دوباره بفرستید.",
        "zh": "此片段與已收到的內容（{expected} 位元組）不連續。請重新傳送檔案。",
    },
    "update_no_bundle": {
        "en": "The file is no update bundle. Its name ends in .raucb.",
        "ar": "الملف ليس حزمة تحديث. ينتهي اسم الحزمة بـ .raucb.",
        "fa": "این فایل بستهٔ به‌روزرسانی نیست. نام بسته به .raucb پایان می‌یابد.",
        "zh": "此檔案不是更新套件。套件名稱以 .raucb 結尾。",
    },
    "update_truncated": {
        "en": "The file is not whole: its end is missing or damaged. Fetch or send it again.",
        "ar": "الملف غير كامل: نهايته مفقودة أو تالفة. أحضره أو أرسله من جديد.",
        "fa": "فایل کامل نیست: پایان آن نیست یا آسیب دیده است. دوباره بگیرید یا بفرستید.",
        "zh": "檔案不完整：結尾缺失或損壞。請重新取得或傳送。",
    },
    "update_unreadable": {
        "en": "The file cannot be read: {detail}",
        "ar": "تعذرت قراءة الملف: {detail}",
        "fa": "فایل خوانده نمی‌شود: {detail}",
        "zh": "無法讀取檔案：{detail}",
    },
    "update_signature": {
        "en": "The bundle is not signed by whom this box trusts, or was altered. Get it from its maker again. ({detail})",
        "ar": "الحزمة غير موقّعة ممن يثق به هذا الجهاز، أو جرى تغييرها. احصل عليها من مصدرها من جديد. ({detail})",
        "fa": "بسته را کسی که این دستگاه به او اعتماد دارد امضا نکرده، یا دست‌کاری شده است. دوباره از سازنده بگیرید. ({detail})",
        "zh": "此套件並非由本機信任者簽署，或已被更改。請重新向製作者取得。（{detail}）",
    },
    "update_hardware": {
        "en": "The bundle is for other hardware ({found}); this box is {wanted}.",
        "ar": "الحزمة لعتاد آخر ({found})؛ هذا الجهاز {wanted}.",
        "fa": "بسته برای سخت‌افزار دیگری است ({found})؛ این دستگاه {wanted} است.",
        "zh": "此套件適用於其他硬體（{found}）；本機為 {wanted}。",
    },
    "update_hardware_said": {
        "en": "The bundle is for other hardware: {detail}",
        "ar": "الحزمة لعتاد آخر: {detail}",
        "fa": "بسته برای سخت‌افزار دیگری است: {detail}",
        "zh": "此套件適用於其他硬體：{detail}",
    },
    "update_version": {
        "en": "The bundle has no version that can be compared ({found}).",
        "ar": "ليس للحزمة إصدار قابل للمقارنة ({found}).",
        "fa": "بسته نسخه‌ای ندارد که بتوان سنجید ({found}).",
        "zh": "此套件沒有可比較的版本（{found}）。",
    },
    "update_older": {
        "en": "The bundle ({found}) is older than what runs ({running}). If that is meant, say so: it may not be able to read today's settings.",
        "ar": "الحزمة ({found}) أقدم مما يعمل ({running}). إن كان ذلك مقصودًا فصرّح به: قد لا تستطيع قراءة إعدادات اليوم.",
        "fa": "بسته ({found}) از آنچه اجرا می‌شود ({running}) کهنه‌تر است. اگر همین را می‌خواهید بگویید: شاید تنظیمات امروز را نتواند بخواند.",
        "zh": "此套件（{found}）比運行中的（{running}）舊。如確有此意請明示：舊版可能無法讀取目前的設定。",
    },
    "update_failed": {
        "en": "The installer says: {detail}. What ran runs on.",
        "ar": "يقول المثبِّت: {detail}. ما كان يعمل مستمر.",
        "fa": "نصب‌کننده می‌گوید: {detail}. آنچه اجرا می‌شد ادامه دارد.",
        "zh": "安裝程式回應：{detail}。原系統繼續運行。",
    },
    "update_none_installed": {
        "en": "No update waits for a restart. Install one first.",
        "ar": "لا يوجد تحديث ينتظر إعادة التشغيل. ثبّت تحديثًا أولًا.",
        "fa": "هیچ به‌روزرسانی منتظر راه‌اندازی دوباره نیست. نخست یکی نصب کنید.",
        "zh": "沒有等待重新啟動的更新。請先安裝。",
    },
    "update_none_to_cancel": {
        "en": "There is nothing to cancel.",
        "ar": "لا يوجد ما يُلغى.",
        "fa": "چیزی برای لغو نیست.",
        "zh": "沒有可取消的項目。",
    },
    "update_no_other": {
        "en": "There is no other good system to go back to.",
        "ar": "لا يوجد نظام سليم آخر للرجوع إليه.",
        "fa": "سیستم سالم دیگری برای بازگشت نیست.",
        "zh": "沒有其他完好的系統可退回。",
    },
    # --- how an update ended
    "update_interrupted": {
        "en": "The installation was cut off, by a restart or a power cut. What ran runs on; install again.",
        "ar": "انقطع التثبيت بإعادة تشغيل أو انقطاع تيار. ما كان يعمل مستمر؛ ثبّت من جديد.",
        "fa": "نصب با راه‌اندازی دوباره یا قطع برق ناتمام ماند. آنچه اجرا می‌شد ادامه دارد؛ دوباره نصب کنید.",
        "zh": "安裝因重新啟動或停電而中斷。原系統繼續運行；請重新安裝。",
    },
    "update_not_started": {
        "en": "The new system did not get as far as proving itself, however often it was started.",
        "ar": "لم يصل النظام الجديد إلى إثبات صلاحيته مهما تكرر تشغيله.",
        "fa": "سیستم تازه هرچند بار که راه افتاد به نشان دادن درستی خود نرسید.",
        "zh": "新系統多次啟動，均未能進行到自我驗證。",
    },
    "proof_unit": {
        "en": "{unit} is not running there ({state}).",
        "ar": "الخدمة {unit} لا تعمل فيه ({state}).",
        "fa": "سرویس {unit} در آن اجرا نمی‌شود ({state}).",
        "zh": "其中的 {unit} 未運行（{state}）。",
    },
    "proof_daemon": {
        "en": "The daemon of the new system does not answer.",
        "ar": "خدمة النظام الجديد لا تستجيب.",
        "fa": "سرویس سیستم تازه پاسخ نمی‌دهد.",
        "zh": "新系統的服務程式沒有回應。",
    },
    "proof_asterisk": {
        "en": "Asterisk of the new system does not answer.",
        "ar": "لا يستجيب Asterisk في النظام الجديد.",
        "fa": "Asterisk سیستم تازه پاسخ نمی‌دهد.",
        "zh": "新系統的 Asterisk 沒有回應。",
    },
    "proof_generation": {
        "en": "The settings are not in effect there ({state}).",
        "ar": "الإعدادات غير سارية فيه ({state}).",
        "fa": "تنظیمات در آن اثر ندارد ({state}).",
        "zh": "設定在其中未生效（{state}）。",
    },
    "proof_web": {
        "en": "The web of the new system does not answer ({detail}).",
        "ar": "موقع النظام الجديد لا يستجيب ({detail}).",
        "fa": "وب سیستم تازه پاسخ نمی‌دهد ({detail}).",
        "zh": "新系統的網頁沒有回應（{detail}）。",
    },
    "proof_line": {
        "en": "{line} was up before and is not with the new system.",
        "ar": "كان {line} عاملًا من قبل ولا يعمل مع النظام الجديد.",
        "fa": "{line} پیش‌تر برقرار بود و با سیستم تازه نیست.",
        "zh": "{line} 先前正常，在新系統中則否。",
    },
    "proof_program": {
        "en": "What proves the new system failed itself: {detail}",
        "ar": "أخفق البرنامج الذي يُثبت صلاحية النظام الجديد: {detail}",
        "fa": "خود برنامه‌ای که درستی سیستم تازه را می‌سنجد شکست خورد: {detail}",
        "zh": "驗證新系統的程式本身失敗：{detail}",
    },
}
