package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a home of any version holds, read without changing it: a source for {@code migrate} and
 * {@code verify}.
 *
 * @param home the home's folder
 * @param version which server wrote it, as far as its files tell
 * @param legacy records of the 1.x store: its files, and the entries of 1.4's own group
 * @param jraft records of the 2.x groups; empty if the home has none of them
 * @param primary which of the two a server of that version answers from; empty if neither is there
 *     or the files do not tell
 * @param findings what stands in the way of trusting the records, or is worth knowing
 */
public record HomeRecords(
        Path home,
        VersionGuess version,
        Optional<StackRecords> legacy,
        Optional<StackRecords> jraft,
        Optional<StackRecords.Stack> primary,
        List<HomeFinding> findings) {

    public HomeRecords {
        requireNonNull(home, "home is null");
        requireNonNull(version, "version is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(jraft, "jraft is null");
        requireNonNull(primary, "primary is null");
        findings = List.copyOf(findings);
    }

    /** The records a server of that version would answer. */
    public Optional<StackRecords> answered() {
        return primary.flatMap(this::of);
    }

    /** The records of one stack. */
    public Optional<StackRecords> of(StackRecords.Stack stack) {
        return switch (stack) {
            case LEGACY -> legacy;
            case JRAFT -> jraft;
        };
    }

    /** Whether the records may be taken for all that the home's server knew. */
    public boolean isComplete() {
        return primary.isPresent() && findings.stream().noneMatch(HomeFinding::blocks);
    }

    /**
     * Which server wrote a home.
     *
     * @param text the versions that may have, in words
     * @param because what shows it
     * @param oldest the oldest of them; empty if that cannot be told
     */
    public record VersionGuess(String text, String because, Optional<String> oldest) {
        public VersionGuess {
            requireNonNull(text, "text is null");
            requireNonNull(because, "because is null");
            requireNonNull(oldest, "oldest is null");
        }
    }
}
