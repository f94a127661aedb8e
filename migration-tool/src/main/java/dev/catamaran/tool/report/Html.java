package dev.catamaran.tool.report;

/** What HTML needs of text. */
final class Html {

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String cell(Object value) {
        return "<td>" + escape(String.valueOf(value)) + "</td>";
    }

    static String number(Object value) {
        return "<td class=\"n\">" + escape(String.valueOf(value)) + "</td>";
    }
}
