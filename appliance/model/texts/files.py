# ruff: noqa: E501  a sentence stays on one line, so that the four languages can be read under one another
"""What is wrong with a site file or a CSV file."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "yaml_syntax": {
        "en": "The file is not valid YAML at line {line}, column {column}. Look at the indentation and quotes there and just above.",
        "ar": "الملف ليس YAML صالحًا عند السطر {line} والعمود {column}. راجع المسافات البادئة وعلامات الاقتباس هناك وفي السطر السابق.",
        "fa": "فایل در سطر {line} ستون {column} یک YAML درست نیست. تورفتگی و گیومه‌های آنجا و سطر بالایش را بررسی کنید.",
        "zh": "檔案在第 {line} 行第 {column} 欄不是有效的 YAML。請檢查該處與上一行的縮排和引號。",
    },
    "yaml_character": {
        "en": "The file holds a character that YAML does not allow, at line {line}, column {column}. Save it as UTF-8 text.",
        "ar": "يحتوي الملف على محرف لا تسمح به YAML، عند السطر {line} والعمود {column}. احفظه نصًا بترميز UTF-8.",
        "fa": "فایل در سطر {line} ستون {column} نویسه‌ای دارد که YAML نمی‌پذیرد. آن را با کدگذاری UTF-8 ذخیره کنید.",
        "zh": "檔案在第 {line} 行第 {column} 欄含有 YAML 不允許的字元。請以 UTF-8 文字儲存。",
    },
    "yaml_alias": {
        "en": "Anchors and aliases (& and *) are not taken, at line {line}, column {column}. Write the value out, or put quotes around text that begins with * or &.",
        "ar": "المراسي والأسماء المستعارة (& و*) غير مقبولة، عند السطر {line} والعمود {column}. اكتب القيمة كاملة، أو ضع النص الذي يبدأ بـ * أو & بين علامتي اقتباس.",
        "fa": "لنگر و نام مستعار (& و *) پذیرفته نمی‌شود: سطر {line} ستون {column}. مقدار را کامل بنویسید یا متنی را که با * یا & آغاز می‌شود داخل گیومه بگذارید.",
        "zh": "不接受錨點與別名（& 與 *）：第 {line} 行第 {column} 欄。請寫出完整的值；以 * 或 & 開頭的文字請加引號。",
    },
    "yaml_tag": {
        "en": "The tag {tag} is not taken, at line {line}, column {column}. Remove it.",
        "ar": "الوسم {tag} غير مقبول، عند السطر {line} والعمود {column}. احذفه.",
        "fa": "برچسب {tag} پذیرفته نمی‌شود: سطر {line} ستون {column}. آن را بردارید.",
        "zh": "不接受標籤 {tag}：第 {line} 行第 {column} 欄。請移除。",
    },
    "yaml_deep": {
        "en": "The file is nested too deeply at line {line}, column {column}; a site file never is.",
        "ar": "التداخل في الملف عميق جدًا عند السطر {line} والعمود {column}، وملف الموقع لا يكون كذلك أبدًا.",
        "fa": "تودرتویی فایل در سطر {line} ستون {column} بیش از اندازه است؛ فایل سایت هرگز چنین نیست.",
        "zh": "檔案在第 {line} 行第 {column} 欄的巢狀層次過深，站點檔案不會如此。",
    },
    "duplicate_key": {
        "en": "“{field}” is given twice, the second time at line {line}, column {column}. Remove one.",
        "ar": "«{field}» مكرر، والمرة الثانية عند السطر {line} والعمود {column}. احذف أحدهما.",
        "fa": "«{field}» دو بار آمده است، بار دوم در سطر {line} ستون {column}. یکی را بردارید.",
        "zh": "「{field}」出現兩次，第二次在第 {line} 行第 {column} 欄。請刪除一個。",
    },
    "key_not_text": {
        "en": 'A name that is not text stands at line {line}, column {column}. Put quotes around it: "1".',
        "ar": 'يوجد اسم حقل ليس نصًا عند السطر {line} والعمود {column}. ضعه بين علامتي اقتباس: "1".',
        "fa": 'در سطر {line} ستون {column} نامی هست که متن نیست. آن را داخل گیومه بگذارید: "1".',
        "zh": '第 {line} 行第 {column} 欄的名稱不是文字。請加上引號："1"。',
    },
    "file_too_large": {
        "en": "The file has {size} characters; at most {max} are taken.",
        "ar": "حجم الملف {size} محرفًا، والحد الأقصى {max}.",
        "fa": "فایل {size} نویسه دارد؛ بیشترین اندازهٔ پذیرفته {max} است.",
        "zh": "檔案有 {size} 個字元，最多接受 {max} 個。",
    },
    "import_empty": {
        "en": "There is nothing in the file to import.",
        "ar": "لا يوجد في الملف ما يمكن استيراده.",
        "fa": "در فایل چیزی برای درون‌ریزی نیست.",
        "zh": "檔案中沒有可匯入的內容。",
    },
    "csv_header": {
        "en": "The first line must name the columns, among them “number”. Known columns: {allowed}.",
        "ar": "يجب أن يحتوي السطر الأول على أسماء الأعمدة، ومنها «number». الأعمدة المعروفة: {allowed}.",
        "fa": "سطر نخست باید نام ستون‌ها باشد و «number» یکی از آن‌ها. ستون‌های شناخته‌شده: {allowed}.",
        "zh": "第一行必須是欄位名稱，其中須有「number」。可用欄位：{allowed}。",
    },
    "csv_column": {
        "en": "There is no column “{column}”. Correct its name or take it out. Known columns: {allowed}.",
        "ar": "لا يوجد عمود باسم «{column}». صحّح اسمه أو احذفه. الأعمدة المعروفة: {allowed}.",
        "fa": "ستونی به نام «{column}» وجود ندارد. نامش را درست کنید یا آن را بردارید. ستون‌های شناخته‌شده: {allowed}.",
        "zh": "沒有「{column}」這個欄位。請更正名稱或將其刪除。可用欄位：{allowed}。",
    },
    "csv_column_twice": {
        "en": "The column “{column}” is there twice. Remove one.",
        "ar": "العمود «{column}» مكرر. احذف أحدهما.",
        "fa": "ستون «{column}» دو بار آمده است. یکی را بردارید.",
        "zh": "欄位「{column}」重複，請刪除一個。",
    },
    "csv_row": {
        "en": "Line {line} has {cells} cells; the first line names {columns} columns. Look for a missing or extra separator or quote.",
        "ar": "يحتوي السطر {line} على {cells} خلية، بينما يسمي السطر الأول {columns} عمودًا. ابحث عن فاصل أو علامة اقتباس ناقصة أو زائدة.",
        "fa": "سطر {line} دارای {cells} خانه است، اما سطر نخست {columns} ستون نام می‌برد. به دنبال جداکننده یا گیومهٔ کم یا زیاد بگردید.",
        "zh": "第 {line} 行有 {cells} 個儲存格，但第一行有 {columns} 個欄位。請檢查是否缺少或多出分隔符號或引號。",
    },
    "csv_quotes": {
        "en": "A quote that opens at or before line {line} is never closed.",
        "ar": "علامة اقتباس مفتوحة عند السطر {line} أو قبله لم تُغلق.",
        "fa": "گیومه‌ای که در سطر {line} یا پیش از آن باز شده بسته نشده است.",
        "zh": "在第 {line} 行或之前開啟的引號沒有關閉。",
    },
    "csv_too_many": {
        "en": "The file has more than {max} lines. Split it.",
        "ar": "يحتوي الملف على أكثر من {max} سطر. قسّمه.",
        "fa": "فایل بیش از {max} سطر دارد. آن را تقسیم کنید.",
        "zh": "檔案超過 {max} 行，請分割後再匯入。",
    },
    "csv_whole_number": {
        "en": "“{value}” is not a whole number.",
        "ar": "«{value}» ليس عددًا صحيحًا.",
        "fa": "«{value}» عدد صحیح نیست.",
        "zh": "「{value}」不是整數。",
    },
    "csv_yes_or_no": {
        "en": "“{value}” is neither yes nor no.",
        "ar": "«{value}» ليست نعم ولا لا.",
        "fa": "«{value}» نه بله است و نه خیر.",
        "zh": "「{value}」既不是「是」也不是「否」。",
    },
    "csv_scientific": {
        "en": "The spreadsheet has turned this number into “{value}”. Format the column as text and enter the number again.",
        "ar": "حوّل برنامج الجداول هذا الرقم إلى «{value}». نسّق العمود كنص وأدخل الرقم من جديد.",
        "fa": "برنامهٔ صفحه‌گسترده این شماره را به «{value}» تبدیل کرده است. قالب ستون را متن کنید و شماره را دوباره وارد کنید.",
        "zh": "試算表已將此號碼轉成「{value}」。請將該欄設為文字格式並重新輸入號碼。",
    },
}
