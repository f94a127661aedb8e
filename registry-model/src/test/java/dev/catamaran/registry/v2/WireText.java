package dev.catamaran.registry.v2;

import java.io.ByteArrayOutputStream;

/** Bytes as captures show them: plain characters, and {@code <hh>} for the others. */
final class WireText {

    private WireText() {}

    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '<') {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 3;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b > ' ' && b < 0x7f && b != '<' && b != '`') {
                text.append((char) b);
            } else {
                text.append(String.format("<%02x>", b));
            }
        }
        return text.toString();
    }
}
