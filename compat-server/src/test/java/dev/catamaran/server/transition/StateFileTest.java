package dev.catamaran.server.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final String MEMBER = "127.0.0.1:8848";

    @TempDir private Path home;

    @Test
    void givesBackWhatWasSaved() throws IOException {
        TransitionState state = state("c1", UpgradeState.START.movedTo(Phase.MIRRORING));
        TransitionState fenced =
                state("c1", state.upgrade().fencedFor(Phase.JRAFT).held("größer = 中文 #1"));

        file().save(state);
        assertThat(file().read()).isEqualTo(new StateFile.Reading.Present(state));
        file().save(fenced);
        assertThat(file().read()).isEqualTo(new StateFile.Reading.Present(fenced));
    }

    @Test
    void aRealServerFindsItsOwnKey() throws IOException {
        for (Phase phase : new Phase[] {Phase.LEGACY, Phase.MIRRORING, Phase.JRAFT}) {
            file().save(state("c1", UpgradeState.START.movedTo(phase)));
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file().file())) {
                properties.load(reader);
            }
            assertThat(properties.getProperty("upgraded"))
                    .isEqualTo(phase == Phase.JRAFT ? "true" : "false");
        }
    }

    @Test
    void aRealServersFileIsToldFromOurs() throws IOException {
        write("#Sat\nupgraded=true\n");

        assertThat(file().read()).isEqualTo(new StateFile.Reading.RealServer(true));
    }

    @Test
    void aRealServersFileOverOursIsALostOne() throws IOException {
        file().save(state("c1", UpgradeState.START.movedTo(Phase.JRAFT)));
        write("#Wed\nupgraded=true\n");

        assertThat(file().read()).isInstanceOf(StateFile.Reading.Torn.class);
    }

    @Test
    void aShortenedFileNeverTellsAnotherState() throws IOException {
        TransitionState saved = state("c1", UpgradeState.START.movedTo(Phase.JRAFT));
        file().save(saved);
        String whole = Files.readString(file().file());
        for (int length = 0; length < whole.trim().length(); length++) {
            write(whole.substring(0, length));

            StateFile.Reading reading = file().read();
            // a last line without its empty value still says the same
            assertThat(
                            reading instanceof StateFile.Reading.Torn
                                    || reading instanceof StateFile.Reading.RealServer
                                    || reading.equals(new StateFile.Reading.Present(saved)))
                    .as("first %s characters: %s", length, reading)
                    .isTrue();
        }
    }

    @Test
    void anEditedPhaseIsTorn() throws IOException {
        file().save(state("c1", UpgradeState.START.movedTo(Phase.MIRRORING)));
        write(Files.readString(file().file()).replace("MIRRORING", "FINALIZED"));

        assertThat(file().read()).isInstanceOf(StateFile.Reading.Torn.class);
    }

    @Test
    void aFileSetAsideStaysLostUntilTheNextSave() throws IOException {
        write("catamaran.phase=JRAFT\n");

        assertThat(file().setAside()).isPresent();
        assertThat(file().setAside()).isEmpty();
        assertThat(file().read()).isInstanceOf(StateFile.Reading.Torn.class);
        file().save(state("c1", UpgradeState.START));
        assertThat(file().read()).isInstanceOf(StateFile.Reading.Present.class);
    }

    @Test
    void anotherMembersFileAndAnotherClustersAreForeign() throws IOException {
        new StateFile(home, "127.0.0.1:9999").save(state("c1", UpgradeState.START));
        assertThat(file().read()).isInstanceOf(StateFile.Reading.Foreign.class);

        file().save(state("c2", UpgradeState.START));
        assertThat(file().read().toString()).contains("cluster c2").contains("cluster c1");
    }

    @Test
    void aFileThatIsGoneFromAHomeThatHadOneIsLostAndNotAbsent() throws IOException {
        file().save(state("c1", UpgradeState.START.movedTo(Phase.JRAFT)));
        Files.delete(file().file());

        assertThat(file().read())
                .isInstanceOf(StateFile.Reading.Torn.class)
                .asString()
                .contains("c1");
        file().save(state("c1", UpgradeState.START.movedTo(Phase.JRAFT)));
        assertThat(file().read()).isInstanceOf(StateFile.Reading.Present.class);
    }

    @Test
    void aFileOfANewerFormatIsToldApart() throws IOException {
        file().save(state("c1", UpgradeState.START));
        String newer = Files.readString(file().file());
        Properties properties = new Properties();
        properties.load(new java.io.StringReader(newer));
        properties.setProperty("catamaran.format", "2");
        properties.setProperty("catamaran.checksum", checksum(properties));
        java.io.StringWriter text = new java.io.StringWriter();
        properties.store(text, null);
        write(text.toString());

        assertThat(file().read()).isEqualTo(new StateFile.Reading.Newer(2));
    }

    @Test
    void aNewerFormatMayCountItsChecksumInAnotherWay() throws IOException {
        file().save(state("c1", UpgradeState.START.movedTo(Phase.JRAFT)));
        write(
                Files.readString(file().file())
                                .replaceAll("catamaran.format=1", "catamaran.format=2")
                                .replaceAll("catamaran.checksum=.*\\R", "")
                        + "catamaran.crc=12ab\n");

        assertThat(file().read()).isEqualTo(new StateFile.Reading.Newer(2));
    }

    /** The documented form: SHA-256 over {@code length:key=value\n} of all other keys, sorted. */
    private static String checksum(Properties properties) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String key : new java.util.TreeSet<>(properties.stringPropertyNames())) {
            if (!key.equals("catamaran.checksum")) {
                lines.append(key.length()).append(':').append(key).append('=');
                lines.append(properties.getProperty(key)).append('\n');
            }
        }
        try {
            byte[] hash =
                    java.security.MessageDigest.getInstance("SHA-256")
                            .digest(
                                    lines.toString()
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    @Test
    void noFileIsAbsent() throws IOException {
        assertThat(file().read()).isEqualTo(new StateFile.Reading.Absent());
    }

    private StateFile file() {
        return new StateFile(home, MEMBER);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file().file().getParent());
        Files.writeString(file().file(), text);
    }

    private static TransitionState state(String cluster, UpgradeState upgrade) {
        return new TransitionState(
                cluster,
                7,
                upgrade,
                new StackPosition(new TreeMap<>(Map.of("legacy", 12L, "a b", 3L))),
                "d1",
                "because = so");
    }
}
