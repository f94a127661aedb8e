package dev.catamaran.tool.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** User and group of files by their numbers, as {@code 1000:1000}; links are not followed. */
public final class FileOwner {

    private static final String UID = "unix:uid";
    private static final String GID = "unix:gid";

    private FileOwner() {}

    /**
     * Who owns a file; empty where the file system does not say.
     *
     * @throws IOException if the file cannot be looked at
     */
    public static String of(Path file) throws IOException {
        if (!isKnown(file)) {
            return "";
        }
        Map<String, Object> now =
                Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        return now.get("uid") + ":" + now.get("gid");
    }

    private static boolean isKnown(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.getFileStore(folder).supportsFileAttributeView("unix");
    }

    /**
     * Gives a file to an owner.
     *
     * @param owner as {@link #of} says it; empty for nobody in particular
     * @throws IOException if the system refuses it: only root gives files away
     */
    public static void give(Path file, String owner) throws IOException {
        if (owner.isEmpty() || owner.equals(of(file))) {
            return;
        }
        int colon = owner.indexOf(':');
        try {
            set(file, GID, Integer.parseUnsignedInt(owner.substring(colon + 1)));
            set(file, UID, Integer.parseUnsignedInt(owner.substring(0, Math.max(0, colon))));
        } catch (NumberFormatException e) {
            throw new IOException("no owner: " + owner, e);
        }
    }

    private static void set(Path file, String attribute, int number) throws IOException {
        if (!Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS).equals(number)) {
            Files.setAttribute(file, attribute, number, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
