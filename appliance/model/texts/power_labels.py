# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""Restarting, switching off, beginning anew: the words that the web shows."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "title": {"en": "Restart and power off", "ar": "إعادة التشغيل والإطفاء", "fa": "راه‌اندازی دوباره و خاموشی", "zh": "重新啟動與關機"},
    "waits_restart": {"en": "The box restarts when no call is up.", "ar": "سيعاد تشغيل الجهاز عند انتهاء المكالمات.", "fa": "دستگاه وقتی تماسی نباشد از نو راه می‌افتد.", "zh": "沒有通話時本機將重新啟動。"},
    "waits_off": {"en": "The box is switched off when no call is up.", "ar": "سيُطفأ الجهاز عند انتهاء المكالمات.", "fa": "دستگاه وقتی تماسی نباشد خاموش می‌شود.", "zh": "沒有通話時本機將關機。"},
    "not_before": {"en": "Not before:", "ar": "ليس قبل:", "fa": "نه پیش از:", "zh": "不早於："},
    "cancel": {"en": "Wait no more", "ar": "إلغاء الانتظار", "fa": "دیگر منتظر نماندن", "zh": "取消等待"},
    "what": {"en": "What", "ar": "ماذا", "fa": "چه", "zh": "動作"},
    "restart": {"en": "Restart", "ar": "إعادة التشغيل", "fa": "راه‌اندازی دوباره", "zh": "重新啟動"},
    "off": {"en": "Switch off; somebody has to switch it on again", "ar": "إطفاء؛ ويلزم من يشغّله من جديد", "fa": "خاموشی؛ کسی باید دوباره روشنش کند", "zh": "關機；之後須有人再開機"},
    "when": {"en": "When", "ar": "متى", "fa": "کِی", "zh": "時間"},
    "when_idle": {"en": "when no call is up", "ar": "عندما لا توجد مكالمة", "fa": "هنگامی که تماسی نیست", "zh": "無通話時"},
    "when_at": {"en": "at a time, and then when no call is up", "ar": "في وقت محدد ثم عندما لا توجد مكالمة", "fa": "در ساعتی معین و سپس هنگامی که تماسی نیست", "zh": "在指定時間之後，無通話時"},
    "when_now": {"en": "now; calls that are up end", "ar": "الآن؛ تنتهي المكالمات الجارية", "fa": "اکنون؛ تماس‌های جاری پایان می‌یابد", "zh": "立即；進行中的通話會中斷"},
    "do": {"en": "Do it", "ar": "تنفيذ", "fa": "انجام", "zh": "執行"},
    "noted": {"en": "Noted.", "ar": "سُجّل.", "fa": "ثبت شد.", "zh": "已記下。"},
    "goes": {"en": "The box goes down now. This page answers again once it is up.", "ar": "يتوقف الجهاز الآن. تعود هذه الصفحة بعد تشغيله.", "fa": "دستگاه اکنون پایین می‌رود. این صفحه پس از روشن شدنش دوباره پاسخ می‌دهد.", "zh": "本機即將停止。重新啟動後此頁面會恢復。"},
    "cancelled": {"en": "Nothing waits any more.", "ar": "لم يعد شيء في الانتظار.", "fa": "دیگر چیزی در انتظار نیست.", "zh": "已無等待中的動作。"},
    "reset_title": {"en": "Factory reset", "ar": "إعادة ضبط المصنع", "fa": "بازنشانی کارخانه", "zh": "恢復原廠設定"},
    "reset_lost": {"en": "Settings, accounts, passwords, certificates, network settings and logs are lost. The box restarts as on its first day: its address may be another, and whoever is not in its network cannot reach it.", "ar": "تُفقد الإعدادات والحسابات وكلمات المرور والشهادات وإعدادات الشبكة والسجلات. يعاد تشغيل الجهاز كيومه الأول: قد يتغير عنوانه، ومن ليس في شبكته لا يصل إليه.", "fa": "تنظیم‌ها، حساب‌ها، گذرواژه‌ها، گواهی‌ها، تنظیم شبکه و گزارش‌ها از میان می‌رود. دستگاه مانند روز نخست راه می‌افتد: شاید نشانی‌اش دیگر باشد و کسی که در شبکه‌اش نیست به آن نمی‌رسد.", "zh": "設定、帳號、密碼、憑證、網路設定與日誌都會清除。本機將如首次啟動：位址可能改變，不在其網路內的人無法連線。"},
    "reset_all": {"en": "Nothing stays", "ar": "لا يبقى شيء", "fa": "چیزی نماند", "zh": "全部清除"},
    "reset_keep": {"en": "Recordings, voicemail and call history stay", "ar": "تبقى التسجيلات والبريد الصوتي وسجل المكالمات", "fa": "ضبط‌ها، صندوق صوتی و تاریخچهٔ تماس بماند", "zh": "保留錄音、語音信箱與通話記錄"},
    "reset_stays": {"en": "What stays", "ar": "ماذا يبقى", "fa": "چه بماند", "zh": "保留內容"},
    "reset_name": {"en": "To be sure, type the name of this box:", "ar": "للتأكيد اكتب اسم هذا الجهاز:", "fa": "برای اطمینان نام این دستگاه را بنویسید:", "zh": "請輸入本機名稱以確認："},
    "reset_password": {"en": "Your password", "ar": "كلمة مرورك", "fa": "گذرواژهٔ شما", "zh": "您的密碼"},
    "reset_do": {"en": "Lose everything and begin anew", "ar": "فقدان كل شيء والبدء من جديد", "fa": "همه چیز برود و از نو آغاز شود", "zh": "清除全部並重新開始"},
    "reset_goes": {"en": "The box restarts and begins anew.", "ar": "يعاد تشغيل الجهاز ويبدأ من جديد.", "fa": "دستگاه از نو راه می‌افتد و از آغاز شروع می‌کند.", "zh": "本機將重新啟動並恢復原廠設定。"},
}  # fmt: skip
