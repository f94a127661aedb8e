package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.live.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where records are read from. */
public sealed interface Source {

    /**
     * Homes of stopped servers of one cluster; of each record the one written last counts.
     *
     * @param folders the folders that hold {@code data}
     */
    record Homes(List<Path> folders) implements Source {
        public Homes {
            folders = List.copyOf(folders);
        }

        @Override
        public String toString() {
            return String.join(", ", folders.stream().map(Path::toString).toList());
        }
    }

    /** An export file. */
    record Export(Path file) implements Source {
        public Export {
            requireNonNull(file, "file is null");
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A live server. */
    record Live(ServerAddress address) implements Source {
        public Live {
            requireNonNull(address, "address is null");
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** What these texts of a command line mean, or why they mean nothing. */
    static Parsed parse(List<String> texts) throws IOException {
        List<Path> homes = new ArrayList<>();
        for (String text : texts) {
            if (ServerAddress.looksLike(text)) {
                if (texts.size() > 1) {
                    return new Parsed.Wrong("name one live server only; its whole cluster is read");
                }
                Optional<ServerAddress> address = ServerAddress.parse(text);
                return address.<Parsed>map(found -> new Parsed.Good(new Live(found)))
                        .orElseGet(() -> new Parsed.Wrong(notAnAddress(text)));
            }
            Path path = Path.of(text).toAbsolutePath().normalize();
            if (Files.isRegularFile(path)) {
                return texts.size() > 1
                        ? new Parsed.Wrong("name one export file only")
                        : new Parsed.Good(new Export(path));
            }
            if (!Files.isDirectory(path)) {
                return new Parsed.Wrong(
                        text + " is no home, no export file and no address (http://host:8848)");
            }
            homes.add(path);
        }
        return homes.isEmpty()
                ? new Parsed.Wrong("no source is named")
                : new Parsed.Good(new Homes(homes));
    }

    private static String notAnAddress(String text) {
        boolean user = text.contains("@");
        return (user ? "the address" : text)
                + " is no server address: write http://host:8848 or http://host:8848/nacos"
                + (user ? ", and name the user by its own option" : "");
    }

    /** A source, or what is wrong with its name. */
    sealed interface Parsed {
        /** It is one. */
        record Good(Source source) implements Parsed {}

        /** It is none. */
        record Wrong(String why) implements Parsed {}
    }
}
