# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""The words of ``loopstart hardware``, beside those that the web shows too."""

from __future__ import annotations

from appliance.model.texts.hardware import LABELS

WORDS: dict[str, dict[str, str]] = {
    **LABELS,
    "card": {"en": "Card", "ar": "البطاقة", "fa": "کارت", "zh": "介面卡"},
    "model": {"en": "Model", "ar": "الطراز", "fa": "مدل", "zh": "型號"},
    "place": {"en": "Place", "ar": "المكان", "fa": "جا", "zh": "位置"},
    "driver": {"en": "Driver", "ar": "برنامج التشغيل", "fa": "راه‌انداز", "zh": "驅動程式"},
    "port": {"en": "Port", "ar": "المنفذ", "fa": "درگاه", "zh": "埠"},
    "ports": {"en": "Ports", "ar": "المنافذ", "fa": "درگاه‌ها", "zh": "埠"},
    "span": {"en": "Span", "ar": "الوصلة", "fa": "اسپن", "zh": "跨距"},
    "spans": {"en": "Spans", "ar": "الوصلات", "fa": "اسپن‌ها", "zh": "跨距"},
    "channel": {"en": "Channel", "ar": "القناة", "fa": "کانال", "zh": "通道"},
    "kind": {"en": "Kind", "ar": "النوع", "fa": "نوع", "zh": "類型"},
    "line": {"en": "Line", "ar": "الخط", "fa": "خط", "zh": "線路"},
    "errors": {"en": "Errors", "ar": "الأخطاء", "fa": "خطاها", "zh": "錯誤"},
    "clock": {"en": "Clock", "ar": "التوقيت", "fa": "زمان‌بندی", "zh": "時脈"},
    "from_line": {"en": "from the line", "ar": "من الخط", "fa": "از خط", "zh": "取自線路"},
    "clock_master": {"en": "leads", "ar": "الرئيسي", "fa": "پیشرو", "zh": "主時脈"},
    "signalling": {"en": "Signalling", "ar": "الإشارات", "fa": "سیگنالینگ", "zh": "信令"},
    "in_use": {"en": "in use", "ar": "مستخدمة", "fa": "در حال استفاده", "zh": "使用中"},
    "empty_socket": {"en": "empty or not known yet", "ar": "فارغ أو غير معروف بعد", "fa": "خالی یا هنوز نامعلوم", "zh": "空插座或尚未得知"},
    "up": {"en": "up", "ar": "تعمل", "fa": "برقرار", "zh": "正常"},
    "echo_canceller": {"en": "Echo canceller", "ar": "مانع الصدى", "fa": "حذف‌کنندهٔ پژواک", "zh": "回音消除器"},
    "no_cards": {"en": "No telephony card was found.", "ar": "لم يُعثر على بطاقة هاتف.", "fa": "هیچ کارت تلفنی پیدا نشد.", "zh": "找不到電話介面卡。"},
    "captured": {"en": "Written to {path}: {files} attributes.", "ar": "كُتب في {path}: {files} خاصية.", "fa": "در {path} نوشته شد: {files} ویژگی.", "zh": "已寫入 {path}：{files} 個屬性。"},
    "forgotten": {"en": "{name} is forgotten; {spans} spans are free again.", "ar": "نُسيت {name}؛ أصبحت {spans} وصلات متاحة من جديد.", "fa": "{name} فراموش شد؛ {spans} اسپن دوباره آزاد است.", "zh": "已移除 {name} 的記錄，釋出 {spans} 個跨距。"},
}  # fmt: skip
