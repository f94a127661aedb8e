package dev.catamaran.tool.command;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.disk.HomeStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What broken I/O means to an operator. */
final class Failures {

    private Failures() {}

    static String text(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission: " + denied.getFile() + ". Run it as the user of the server.";
        }
        if (e instanceof NoSuchFileException gone) {
            return "not there: " + gone.getFile();
        }
        if (full(e)) {
            return "the disk is full"
                    + (e instanceof FileSystemException at ? ": " + written(at) : "")
                    + ". What was live before is live still, as said below; make room and run the"
                    + " same command again";
        }
        if (e instanceof FileSystemException broken && broken.getReason() != null) {
            return broken.getReason() + ": " + broken.getFile();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean full(IOException e) {
        String message = e.getMessage();
        return message != null && message.contains("No space left on device");
    }

    /** Of a copy the file that was being written, not the one that was read. */
    private static String written(FileSystemException e) {
        return e.getOtherFile() == null ? e.getFile() : e.getOtherFile();
    }

    /** Which version of each home is live after something failed. */
    static List<String> live(List<Path> homes) {
        List<String> lines = new ArrayList<>();
        for (Path home : homes) {
            try {
                HomeStatus status = HomeStatus.of(HomeLayout.of(home));
                lines.add(home + ": " + status.live() + ", " + status.what());
                lines.add("    " + status.todo());
            } catch (IOException e) {
                lines.add(home + ": its state cannot be read: " + text(e));
            }
        }
        return lines;
    }
}
