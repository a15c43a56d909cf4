"""What people call the parts and fields of the site, by their names in the site file."""

from __future__ import annotations

from appliance.model.texts.line_labels import LINE_FIELDS
from appliance.model.texts.machine_labels import NETWORK_FIELDS

NOUNS: dict[str, dict[str, str]] = {
    "site": {"en": "Site", "ar": "الموقع", "fa": "سایت", "zh": "站點"},
    "box": {"en": "Box", "ar": "الجهاز", "fa": "دستگاه", "zh": "系統"},
    "mail": {"en": "Mail", "ar": "البريد", "fa": "ایمیل", "zh": "郵件"},
    "sip": {"en": "SIP", "ar": "SIP", "fa": "SIP", "zh": "SIP"},
    "feature_codes": {"en": "Feature codes", "ar": "رموز الخدمات", "fa": "کدهای سرویس", "zh": "功能碼"},
    "extensions": {"en": "Extension", "ar": "التحويلة", "fa": "داخلی", "zh": "分機"},
    "trunks": {"en": "Trunk", "ar": "خط الربط", "fa": "ترانک", "zh": "中繼線"},
    "inbound_routes": {"en": "Inbound route", "ar": "مسار المكالمات الواردة", "fa": "مسیر ورودی", "zh": "來電路由"},
    "outbound_routes": {"en": "Outbound route", "ar": "مسار المكالمات الصادرة", "fa": "مسیر خروجی", "zh": "去電路由"},
    "hardware": {"en": "Hardware", "ar": "العتاد", "fa": "سخت‌افزار", "zh": "硬體"},
    "hardware.spans": {"en": "Span", "ar": "الامتداد", "fa": "اسپن", "zh": "線路介面"},
    "account": {"en": "Account", "ar": "الحساب", "fa": "حساب", "zh": "帳號"},
    "session": {"en": "Session", "ar": "الجلسة", "fa": "نشست", "zh": "登入工作階段"},
    "token": {"en": "API token", "ar": "رمز API", "fa": "توکن API", "zh": "API 權杖"},
    "revision": {"en": "Revision", "ar": "المراجعة", "fa": "نسخه", "zh": "修訂版"},
    "card": {"en": "Card", "ar": "البطاقة", "fa": "کارت", "zh": "介面卡"},
    "contact": {"en": "Call", "ar": "المكالمة", "fa": "تماس", "zh": "通話"},
}
"""Nouns, as one of them is called."""

FIELDS: dict[str, dict[str, str]] = {
    "box.name": {"en": "Name", "ar": "الاسم", "fa": "نام", "zh": "名稱"},
    "box.country": {"en": "Country", "ar": "البلد", "fa": "کشور", "zh": "國家或地區"},
    "box.time_zone": {"en": "Time zone", "ar": "المنطقة الزمنية", "fa": "منطقهٔ زمانی", "zh": "時區"},
    "box.language": {"en": "Language", "ar": "اللغة", "fa": "زبان", "zh": "語言"},
    "box.languages": {"en": "Languages", "ar": "اللغات", "fa": "زبان‌ها", "zh": "語言清單"},
    "box.extension_digits": {
        "en": "Digits of extension numbers",
        "ar": "عدد أرقام التحويلات",
        "fa": "تعداد رقم‌های شمارهٔ داخلی",
        "zh": "分機號碼位數",
    },
    "mail.from": {"en": "Sender", "ar": "المرسِل", "fa": "فرستنده", "zh": "寄件人"},
    "mail.notify": {
        "en": "Who is told of alarms",
        "ar": "من يُشعَر بالإنذارات",
        "fa": "چه کسانی از هشدارها آگاه می‌شوند",
        "zh": "警報通知對象",
    },
    "mail.smtp": {"en": "Mail server", "ar": "خادم البريد", "fa": "سرور ایمیل", "zh": "郵件伺服器"},
    "mail.smtp.host": {"en": "Mail server", "ar": "خادم البريد", "fa": "سرور ایمیل", "zh": "郵件伺服器"},
    "mail.smtp.port": {"en": "Port", "ar": "المنفذ", "fa": "درگاه", "zh": "連接埠"},
    "mail.smtp.username": {"en": "User name", "ar": "اسم المستخدم", "fa": "نام کاربری", "zh": "使用者名稱"},
    "mail.smtp.secret": {"en": "Password", "ar": "كلمة المرور", "fa": "گذرواژه", "zh": "密碼"},
    "mail.smtp.security": {"en": "Encryption", "ar": "التشفير", "fa": "رمزگذاری", "zh": "加密"},
    "sip.udp": {"en": "UDP", "ar": "UDP", "fa": "UDP", "zh": "UDP"},
    "sip.tcp": {"en": "TCP", "ar": "TCP", "fa": "TCP", "zh": "TCP"},
    "sip.tls": {"en": "TLS", "ar": "TLS", "fa": "TLS", "zh": "TLS"},
    "sip.media_encryption": {
        "en": "Media encryption (SRTP)",
        "ar": "تشفير الوسائط (SRTP)",
        "fa": "رمزگذاری رسانه (SRTP)",
        "zh": "媒體加密 (SRTP)",
    },
    "sip.codecs": {"en": "Codecs", "ar": "برامج الترميز", "fa": "کدک‌ها", "zh": "編解碼器"},
    "feature_codes.echo_test": {
        "en": "Echo test",
        "ar": "اختبار الصدى",
        "fa": "آزمون پژواک",
        "zh": "回音測試",
    },
    "feature_codes.own_number": {
        "en": "Say own number",
        "ar": "نطق الرقم الخاص",
        "fa": "گفتن شمارهٔ خود",
        "zh": "報讀本機號碼",
    },
    "feature_codes.voicemail": {
        "en": "Own voicemail",
        "ar": "البريد الصوتي",
        "fa": "صندوق صوتی خود",
        "zh": "語音信箱",
    },
    "feature_codes.voicemail_of": {
        "en": "Voicemail of any extension",
        "ar": "البريد الصوتي لأي تحويلة",
        "fa": "صندوق صوتی هر داخلی",
        "zh": "任一分機的語音信箱",
    },
    "feature_codes.last_number_redial": {
        "en": "Redial the last number",
        "ar": "إعادة طلب آخر رقم",
        "fa": "شماره‌گیری دوبارهٔ آخرین شماره",
        "zh": "重撥上一個號碼",
    },
    "feature_codes.pick_up": {
        "en": "Pick up a ringing call",
        "ar": "التقاط مكالمة ترن",
        "fa": "برداشتن تماسِ در حال زنگ",
        "zh": "代接來電",
    },
    "feature_codes.do_not_disturb_on": {
        "en": "Do not disturb on",
        "ar": "تفعيل عدم الإزعاج",
        "fa": "روشن کردن مزاحم نشوید",
        "zh": "開啟勿擾",
    },
    "feature_codes.do_not_disturb_off": {
        "en": "Do not disturb off",
        "ar": "إلغاء عدم الإزعاج",
        "fa": "خاموش کردن مزاحم نشوید",
        "zh": "關閉勿擾",
    },
    "feature_codes.forward_always_set": {
        "en": "Forward all calls",
        "ar": "إعادة توجيه كل المكالمات",
        "fa": "هدایت همهٔ تماس‌ها",
        "zh": "設定全部轉接",
    },
    "feature_codes.forward_always_clear": {
        "en": "Stop forwarding all calls",
        "ar": "إلغاء إعادة توجيه كل المكالمات",
        "fa": "لغو هدایت همهٔ تماس‌ها",
        "zh": "取消全部轉接",
    },
    "feature_codes.forward_busy_set": {
        "en": "Forward when busy",
        "ar": "إعادة التوجيه عند الانشغال",
        "fa": "هدایت هنگام اشغال",
        "zh": "設定忙線轉接",
    },
    "feature_codes.forward_busy_clear": {
        "en": "Stop forwarding when busy",
        "ar": "إلغاء إعادة التوجيه عند الانشغال",
        "fa": "لغو هدایت هنگام اشغال",
        "zh": "取消忙線轉接",
    },
    "feature_codes.forward_no_answer_set": {
        "en": "Forward when not answered",
        "ar": "إعادة التوجيه عند عدم الرد",
        "fa": "هدایت هنگام بی‌پاسخی",
        "zh": "設定無人接聽轉接",
    },
    "feature_codes.forward_no_answer_clear": {
        "en": "Stop forwarding when not answered",
        "ar": "إلغاء إعادة التوجيه عند عدم الرد",
        "fa": "لغو هدایت هنگام بی‌پاسخی",
        "zh": "取消無人接聽轉接",
    },
    "extensions.number": {"en": "Number", "ar": "الرقم", "fa": "شماره", "zh": "號碼"},
    "extensions.name": {"en": "Name", "ar": "الاسم", "fa": "نام", "zh": "名稱"},
    "extensions.email": {"en": "E-mail", "ar": "البريد الإلكتروني", "fa": "ایمیل", "zh": "電子郵件"},
    "extensions.secret": {"en": "SIP password", "ar": "كلمة مرور SIP", "fa": "گذرواژهٔ SIP", "zh": "SIP 密碼"},
    "extensions.language": {"en": "Language", "ar": "اللغة", "fa": "زبان", "zh": "語言"},
    "extensions.may_call": {
        "en": "May call",
        "ar": "المكالمات المسموح بها",
        "fa": "تماس‌های مجاز",
        "zh": "可撥打範圍",
    },
    "extensions.call_limit": {
        "en": "Calls at once",
        "ar": "عدد المكالمات المتزامنة",
        "fa": "تماس هم‌زمان",
        "zh": "同時通話數",
    },
    "extensions.registrations": {
        "en": "Phones registered at once",
        "ar": "عدد الهواتف المسجلة معًا",
        "fa": "تلفن‌های ثبت‌شدهٔ هم‌زمان",
        "zh": "同時註冊話機數",
    },
    "extensions.voicemail": {"en": "Voicemail", "ar": "البريد الصوتي", "fa": "صندوق صوتی", "zh": "語音信箱"},
    "extensions.voicemail.enabled": {
        "en": "Voicemail on",
        "ar": "تفعيل البريد الصوتي",
        "fa": "فعال بودن صندوق صوتی",
        "zh": "啟用語音信箱",
    },
    "extensions.voicemail.pin": {
        "en": "Voicemail PIN",
        "ar": "رمز PIN للبريد الصوتي",
        "fa": "رمز PIN صندوق صوتی",
        "zh": "語音信箱 PIN 碼",
    },
    "extensions.pickup_group": {
        "en": "Pickup group",
        "ar": "مجموعة الالتقاط",
        "fa": "گروه برداشت",
        "zh": "代接群組",
    },
    "extensions.may_pick_up": {
        "en": "May pick up",
        "ar": "يمكنه التقاط مكالمات",
        "fa": "مجاز به برداشتنِ",
        "zh": "可代接群組",
    },
    "extensions.forward": {"en": "Forwarding", "ar": "إعادة التوجيه", "fa": "هدایت تماس", "zh": "來電轉接"},
    "extensions.forward.always": {
        "en": "Forward all calls",
        "ar": "إعادة توجيه كل المكالمات",
        "fa": "هدایت همهٔ تماس‌ها",
        "zh": "全部轉接",
    },
    "extensions.forward.busy": {
        "en": "Forward when busy",
        "ar": "إعادة التوجيه عند الانشغال",
        "fa": "هدایت هنگام اشغال",
        "zh": "忙線轉接",
    },
    "extensions.forward.no_answer": {
        "en": "Forward when not answered",
        "ar": "إعادة التوجيه عند عدم الرد",
        "fa": "هدایت هنگام بی‌پاسخی",
        "zh": "無人接聽轉接",
    },
    "extensions.forward.no_answer.after": {
        "en": "Seconds of ringing",
        "ar": "ثواني الرنين",
        "fa": "ثانیه‌های زنگ",
        "zh": "響鈴秒數",
    },
    "extensions.forward.no_answer.to": {
        "en": "Not answered: goes to",
        "ar": "وجهة المكالمة عند عدم الرد",
        "fa": "مقصد هنگام بی‌پاسخی",
        "zh": "無人接聽時轉至",
    },
}
FIELDS.update(LINE_FIELDS)
FIELDS.update(NETWORK_FIELDS)
"""Fields, by their path without indexes."""

LANGUAGES: dict[str, dict[str, str]] = {
    "en": {"en": "English", "ar": "الإنجليزية", "fa": "انگلیسی", "zh": "英文"},
    "ar": {"en": "Arabic", "ar": "العربية", "fa": "عربی", "zh": "阿拉伯文"},
    "fa": {"en": "Persian", "ar": "الفارسية", "fa": "فارسی", "zh": "波斯文"},
    "zh": {"en": "Chinese", "ar": "الصينية", "fa": "چینی", "zh": "中文"},
}
"""Languages of the box, as each language calls them."""
