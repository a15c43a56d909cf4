# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""How a change ended, and why it could not be made or was undone."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "nothing_to_apply": {
        "en": "The draft is what runs already. There is nothing to apply.",
        "ar": "المسودة مطابقة لما يعمل حاليًا. لا يوجد ما يمكن تطبيقه.",
        "fa": "پیش‌نویس همان است که اکنون اجرا می‌شود. چیزی برای اعمال نیست.",
        "zh": "草稿與目前運行的設定相同，沒有可套用的更改。",
    },
    "nothing_to_confirm": {
        "en": "No change is waiting to be confirmed. It was confirmed already, or undone.",
        "ar": "لا يوجد تغيير في انتظار التأكيد. ربما تم تأكيده أو التراجع عنه.",
        "fa": "هیچ تغییری در انتظار تأیید نیست. یا تأیید شده یا برگردانده شده است.",
        "zh": "沒有等待確認的更改，可能已確認或已復原。",
    },
    "nothing_to_roll_back": {
        "en": "There is no earlier revision to go back to.",
        "ar": "لا توجد مراجعة سابقة للعودة إليها.",
        "fa": "نسخهٔ پیشینی برای بازگشت وجود ندارد.",
        "zh": "沒有更早的修訂版可供復原。",
    },
    "no_such_revision": {
        "en": "There is no revision {revision}. Choose one from the list of revisions.",
        "ar": "لا توجد مراجعة بالرقم {revision}. اختر واحدة من قائمة المراجعات.",
        "fa": "نسخهٔ {revision} وجود ندارد. یکی را از فهرست نسخه‌ها برگزینید.",
        "zh": "沒有修訂版 {revision}。請從修訂版清單中選擇。",
    },
    "confirm_pending": {
        "en": "An earlier change is still waiting to be confirmed. Confirm it or undo it first.",
        "ar": "لا يزال تغيير سابق في انتظار التأكيد. أكّده أو تراجع عنه أولًا.",
        "fa": "تغییر پیشین هنوز در انتظار تأیید است. نخست آن را تأیید کنید یا برگردانید.",
        "zh": "先前的更改仍在等待確認。請先確認或復原。",
    },
    "awaiting_confirmation": {
        "en": "Revision {revision} is still waiting to be confirmed. Confirm it or undo it first.",
        "ar": "المراجعة {revision} لا تزال في انتظار التأكيد. أكّدها أو تراجع عنها أولًا.",
        "fa": "نسخهٔ {revision} هنوز در انتظار تأیید است. نخست آن را تأیید کنید یا برگردانید.",
        "zh": "修訂版 {revision} 仍在等待確認。請先確認或復原。",
    },
    "busy": {
        "en": "Another change is being applied right now. Wait until it has ended.",
        "ar": "يجري تطبيق تغيير آخر الآن. انتظر حتى ينتهي.",
        "fa": "تغییر دیگری هم‌اکنون در حال اعمال است. تا پایان آن صبر کنید.",
        "zh": "正在套用另一項更改，請等待完成。",
    },
    "unsettled": {
        "en": "The box is still finishing or undoing an earlier change. Wait a few seconds and try again.",
        "ar": "لا يزال الجهاز ينهي تغييرًا سابقًا أو يتراجع عنه. انتظر بضع ثوان ثم حاول مرة أخرى.",
        "fa": "دستگاه هنوز در حال پایان دادن یا برگرداندن تغییر پیشین است. چند ثانیه صبر کنید و دوباره امتحان کنید.",
        "zh": "系統仍在完成或復原先前的更改。請稍候幾秒再試。",
    },
    "asterisk_down": {
        "en": "The telephone switch (Asterisk) does not answer, so nothing was applied. It is restarted by itself; try again shortly.",
        "ar": "محرك الاتصالات (Asterisk) لا يستجيب، لذلك لم يُطبَّق شيء. سيُعاد تشغيله تلقائيًا؛ حاول بعد قليل.",
        "fa": "سوئیچ تلفنی (Asterisk) پاسخ نمی‌دهد، پس چیزی اعمال نشد. خودبه‌خود دوباره راه‌اندازی می‌شود؛ کمی بعد امتحان کنید.",
        "zh": "電話交換核心 (Asterisk) 沒有回應，因此未套用任何更改。它會自動重新啟動，請稍後再試。",
    },
    "probe_failed": {
        "en": "Asterisk did not take the change as it was written. The earlier settings run again.",
        "ar": "لم يأخذ Asterisk التغيير كما كُتب. عادت الإعدادات السابقة للعمل.",
        "fa": "Asterisk تغییر را آن‌گونه که نوشته شده بود نپذیرفت. تنظیمات پیشین دوباره برقرار است.",
        "zh": "Asterisk 未依所寫內容套用更改，已恢復先前的設定。",
    },
    "probe_silent": {
        "en": "Asterisk did not say in time whether it took the change. The earlier settings run again.",
        "ar": "لم يؤكد Asterisk في الوقت المحدد أنه أخذ التغيير. عادت الإعدادات السابقة للعمل.",
        "fa": "Asterisk به‌موقع نگفت که تغییر را پذیرفته است یا نه. تنظیمات پیشین دوباره برقرار است.",
        "zh": "Asterisk 未及時回報是否已套用更改，已恢復先前的設定。",
    },
    "probe_missing": {
        "en": "After the change Asterisk did not have {name} ({what}). The earlier settings run again.",
        "ar": "بعد التغيير لم يكن لدى Asterisk العنصر {name} ({what}). عادت الإعدادات السابقة للعمل.",
        "fa": "پس از تغییر، {name} ({what}) در Asterisk نبود. تنظیمات پیشین دوباره برقرار است.",
        "zh": "更改後 Asterisk 中沒有 {name}（{what}），已恢復先前的設定。",
    },
    "probe_remains": {
        "en": "After the change Asterisk still had {name} ({what}), which was removed. The earlier settings run again.",
        "ar": "بعد التغيير بقي لدى Asterisk العنصر المحذوف {name} ({what}). عادت الإعدادات السابقة للعمل.",
        "fa": "پس از تغییر، {name} ({what}) که حذف شده بود هنوز در Asterisk بود. تنظیمات پیشین دوباره برقرار است.",
        "zh": "更改後 Asterisk 仍保有已移除的 {name}（{what}），已恢復先前的設定。",
    },
    "probe_differs": {
        "en": "After the change Asterisk had another value for {field} of {name} ({what}): {found} instead of {expected}. The earlier settings run again.",
        "ar": "بعد التغيير كانت قيمة {field} للعنصر {name} ({what}) في Asterisk مختلفة: {found} بدلًا من {expected}. عادت الإعدادات السابقة للعمل.",
        "fa": "پس از تغییر، مقدار {field} برای {name} ({what}) در Asterisk متفاوت بود: {found} به جای {expected}. تنظیمات پیشین دوباره برقرار است.",
        "zh": "更改後 Asterisk 中 {name}（{what}）的 {field} 不符：是 {found} 而非 {expected}，已恢復先前的設定。",
    },
    "reload_failed": {
        "en": "Asterisk could not reload its settings. The earlier settings run again.",
        "ar": "تعذر على Asterisk إعادة تحميل إعداداته. عادت الإعدادات السابقة للعمل.",
        "fa": "Asterisk نتوانست تنظیماتش را دوباره بار کند. تنظیمات پیشین دوباره برقرار است.",
        "zh": "Asterisk 無法重新載入設定，已恢復先前的設定。",
    },
    "reload_refused": {
        "en": "Asterisk refused to reload {module}. The earlier settings run again.",
        "ar": "رفض Asterisk إعادة تحميل {module}. عادت الإعدادات السابقة للعمل.",
        "fa": "Asterisk از بار کردن دوبارهٔ {module} سر باز زد. تنظیمات پیشین دوباره برقرار است.",
        "zh": "Asterisk 拒絕重新載入 {module}，已恢復先前的設定。",
    },
    "reload_silent": {
        "en": "Asterisk did not answer in time when {module} was to be reloaded. The earlier settings run again.",
        "ar": "لم يرد Asterisk في الوقت المحدد عند إعادة تحميل {module}. عادت الإعدادات السابقة للعمل.",
        "fa": "Asterisk هنگام بار کردن دوبارهٔ {module} به‌موقع پاسخ نداد. تنظیمات پیشین دوباره برقرار است.",
        "zh": "重新載入 {module} 時 Asterisk 未及時回應，已恢復先前的設定。",
    },
    "swap_failed": {
        "en": "The new settings could not be put in place. The earlier settings run on.",
        "ar": "تعذر وضع الإعدادات الجديدة موضع التنفيذ. تستمر الإعدادات السابقة في العمل.",
        "fa": "تنظیمات تازه جایگزین نشد. تنظیمات پیشین همچنان برقرار است.",
        "zh": "無法切換至新設定，先前的設定繼續運行。",
    },
    "not_confirmed_in_time": {
        "en": "Nobody confirmed the change in time, so it was undone.",
        "ar": "لم يؤكد أحد التغيير في الوقت المحدد، فتم التراجع عنه.",
        "fa": "کسی تغییر را به‌موقع تأیید نکرد و برگردانده شد.",
        "zh": "無人在期限內確認更改，已自動復原。",
    },
    "not_confirmed": {
        "en": "Nobody confirmed the change in time, so it was undone.",
        "ar": "لم يؤكد أحد التغيير في الوقت المحدد، فتم التراجع عنه.",
        "fa": "کسی تغییر را به‌موقع تأیید نکرد و برگردانده شد.",
        "zh": "無人在期限內確認更改，已自動復原。",
    },
    "rolled_back": {
        "en": "The change was rolled back by {by}.",
        "ar": "تراجع {by} عن التغيير.",
        "fa": "{by} تغییر را برگرداند.",
        "zh": "{by} 已復原此更改。",
    },
    "interrupted": {
        "en": "The box stopped in the middle of the change. The last confirmed settings run.",
        "ar": "توقف الجهاز أثناء التغيير. تعمل الآن آخر إعدادات مؤكدة.",
        "fa": "دستگاه در میانهٔ تغییر ایستاد. آخرین تنظیمات تأییدشده برقرار است.",
        "zh": "系統在更改途中停止，現運行最後確認的設定。",
    },
    "box_restarted": {
        "en": "The box was restarted before the change was confirmed, so it was undone.",
        "ar": "أُعيد تشغيل الجهاز قبل تأكيد التغيير، فتم التراجع عنه.",
        "fa": "دستگاه پیش از تأیید تغییر دوباره راه‌اندازی شد و تغییر برگردانده شد.",
        "zh": "系統在確認更改之前重新啟動，已復原該更改。",
    },
    "daemon_restarted": {
        "en": "The box's service was restarted in the middle of the change. The last confirmed settings run.",
        "ar": "أُعيد تشغيل خدمة الجهاز أثناء التغيير. تعمل الآن آخر إعدادات مؤكدة.",
        "fa": "سرویس دستگاه در میانهٔ تغییر دوباره راه‌اندازی شد. آخرین تنظیمات تأییدشده برقرار است.",
        "zh": "系統服務在更改途中重新啟動，現運行最後確認的設定。",
    },
    "faults_off": {
        "en": "Faults cannot be planted on this box. That is for test boxes only.",
        "ar": "لا يمكن زرع أعطال في هذا الجهاز. هذا مخصص لأجهزة الاختبار.",
        "fa": "در این دستگاه نمی‌توان خطای ساختگی گذاشت. این کار ویژهٔ دستگاه‌های آزمون است.",
        "zh": "此系統不允許植入故障，僅供測試系統使用。",
    },
    "fault_not_found": {
        "en": "The file {path} to be broken for the test is not among the rendered ones.",
        "ar": "الملف {path} المراد إفساده للاختبار ليس من الملفات المولدة.",
        "fa": "فایل {path} که باید برای آزمون خراب شود در میان فایل‌های تولیدشده نیست.",
        "zh": "要為測試破壞的檔案 {path} 不在產生的檔案之中。",
    },
}
