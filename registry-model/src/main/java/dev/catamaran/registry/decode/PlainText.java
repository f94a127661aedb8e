package dev.catamaran.registry.decode;

/** Makes text from outside fit to be printed: names may hold what moves a terminal's cursor. */
public final class PlainText {

    private PlainText() {}

    /** The text with what is no letter, sign or space of a line written as its number. */
    public static String of(String text) {
        if (text.chars().noneMatch(PlainText::isOdd)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isOdd(c)) {
                shown.append("\\u%04x".formatted((int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** Control characters, line ends of any kind, and what turns the direction of writing. */
    private static boolean isOdd(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
