package dev.catamaran.registry.v1;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The datums in a set of 1.x files, one per record, and those that lost against another file of the
 * same record (spec: legacy-raft 5.4, 5.5). Two files are of one record when 1.3 gave it a second
 * name with a suffix, or when one names the service without its group, as 0.8 did.
 *
 * @param datums by the text of the key as it is today
 * @param shadowed files that were read and do not count
 * @param illegal files of services whose names no server takes now; their datums are in none of the
 *     others
 */
public record StoredDatums(
        SortedMap<String, LegacyDatum> datums, List<Shadowed> shadowed, List<Illegal> illegal) {

    /**
     * A file that does not count.
     *
     * @param key the record, by today's key
     * @param storedKey the key inside the file; when the files differ in that, the one of the two
     *     that is not today's
     * @param file the file
     * @param inFavourOf the file that counts
     */
    public record Shadowed(String key, String storedKey, String file, String inFavourOf) {
        public Shadowed {
            requireNonNull(key, "key is null");
            requireNonNull(storedKey, "storedKey is null");
            requireNonNull(file, "file is null");
            requireNonNull(inFavourOf, "inFavourOf is null");
        }

        /** Whether the files differ in how they name the record, not only in their own names. */
        public boolean isAlias() {
            return !key.equals(storedKey);
        }
    }

    /**
     * A datum of a service that older servers took, with a name that no server takes now.
     *
     * @param key the datum's key
     * @param file the file it lies in, or the group whose log holds it
     * @param complaint what is wrong with the name
     */
    public record Illegal(String key, String file, String complaint) {
        public Illegal {
            requireNonNull(key, "key is null");
            requireNonNull(file, "file is null");
            requireNonNull(complaint, "complaint is null");
        }
    }

    /** How the name of each datum's file begins; others are not read, as on 1.3.1 and later. */
    public static final String FILE_PREFIX = "com.alibaba.nacos.naming";

    private static final String SUFFIX = ".datum";

    private record Read(String file, String storedKey, LegacyDatum datum) {}

    public StoredDatums {
        datums = Collections.unmodifiableSortedMap(new TreeMap<>(datums));
        shadowed = List.copyOf(shadowed);
        illegal = List.copyOf(illegal);
    }

    /**
     * Reads files. Names only tell datums from other files; a record's key is the one inside. The
     * file with the higher timestamp counts, then the one without suffix, then the one that names
     * the group.
     *
     * @param files content by name, which may have folders before it
     * @return the refusal of the first file that is not blank and no datum
     */
    public static Decoded<StoredDatums> read(Map<String, String> files) {
        return Decoded.of(
                () -> {
                    SortedMap<String, Read> counting = new TreeMap<>();
                    List<Shadowed> shadowed = new ArrayList<>();
                    List<Illegal> illegal = new ArrayList<>();
                    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                        if (isDatum(file.getKey()) && !file.getValue().isBlank()) {
                            read(file.getKey(), file.getValue(), illegal)
                                    .ifPresent(read -> add(read, counting, shadowed));
                        }
                    }
                    SortedMap<String, LegacyDatum> datums = new TreeMap<>();
                    counting.forEach((key, read) -> datums.put(key, read.datum));
                    return new StoredDatums(datums, shadowed, illegal);
                });
    }

    private static boolean isDatum(String file) {
        return file.substring(file.lastIndexOf('/') + 1).startsWith(FILE_PREFIX);
    }

    private static Optional<Read> read(String file, String text, List<Illegal> illegal) {
        try {
            LegacyDatum datum = LegacyDatum.decode(text).orThrow();
            String complaint = LegacyKey.nameComplaint(datum.key());
            if (!complaint.isEmpty()) {
                illegal.add(new Illegal(datum.key(), file, complaint));
                return Optional.empty();
            }
            String key = LegacyKey.parseStored(datum.key()).orThrow().text();
            LegacyDatum today =
                    new LegacyDatum(key, datum.timestamp(), datum.value(), datum.catamaran());
            return Optional.of(new Read(file, datum.key(), today));
        } catch (DecodeException e) {
            throw new DecodeException(e.refusal().in(file));
        }
    }

    private static void add(Read read, SortedMap<String, Read> counting, List<Shadowed> shadowed) {
        String key = read.datum.key();
        Read other = counting.get(key);
        if (other == null) {
            counting.put(key, read);
            return;
        }
        boolean better = beats(read, other);
        Read winner = better ? read : other;
        Read loser = better ? other : read;
        counting.put(key, winner);
        boolean namesDiffer = !read.storedKey.equals(other.storedKey);
        String asStored =
                namesDiffer && loser.storedKey.equals(key) ? winner.storedKey : loser.storedKey;
        shadowed.add(new Shadowed(key, asStored, loser.file, winner.file));
    }

    private static boolean beats(Read read, Read other) {
        if (read.datum.timestamp() != other.datum.timestamp()) {
            return read.datum.timestamp() > other.datum.timestamp();
        }
        if (read.file.endsWith(SUFFIX) != other.file.endsWith(SUFFIX)) {
            return other.file.endsWith(SUFFIX);
        }
        return read.storedKey.equals(read.datum.key()) && !other.storedKey.equals(read.datum.key());
    }
}
