package dev.catamaran.tool.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real MariaDB, started here. */
class MariaDbJournalTest extends JournalContract {

    @TempDir static Path folder;

    private static @Nullable DatabaseServer server;

    @BeforeAll
    static void start() throws Exception {
        server = DatabaseServer.mariadb(folder).orElse(null);
        assumeTrue(server != null, "MariaDB is not installed");
    }

    @AfterAll
    static void stop() {
        DatabaseServer.closeIfStarted(server);
    }

    @Override
    JournalPlace place() {
        assumeTrue(server != null);
        return server.place();
    }

    @Test
    void saysWhatToDoWhenTheDoorIsShutAndNeverThePassword() {
        assumeTrue(server != null);
        JournalPlace wrong = JournalPlace.url(server.url(), "ops", "b4ttery staple").orElseThrow();

        assertThatThrownBy(() -> Journal.open(wrong))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("CATAMARAN_JOURNAL_PASSWORD")
                .hasMessageNotContaining("b4ttery");
    }

    @Test
    void isNotMadeByWhoOnlyReadsIt() {
        assumeTrue(server != null);
        String elsewhere = server.url().replace("/journal", "/information_schema");
        JournalPlace place =
                JournalPlace.url(elsewhere, DatabaseServer.USER, DatabaseServer.PASSWORD)
                        .orElseThrow();

        assertThatThrownBy(() -> Journal.openExisting(place))
                .isInstanceOf(NoJournalException.class)
                .hasMessageContaining("there is no journal of jobs");
    }
}
