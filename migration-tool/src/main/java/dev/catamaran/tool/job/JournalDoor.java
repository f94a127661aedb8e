package dev.catamaran.tool.job;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.message.DbException;

/** Opens the database of a journal, and says in a line why it cannot be opened. */
final class JournalDoor {

    /** As MySQL and MariaDB, H2 (two states), and PostgreSQL say it. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

    private JournalDoor() {}

    static boolean hasTables(JournalPlace place) throws JournalException {
        try (Connection connection =
                        DriverManager.getConnection(
                                place.jdbcUrl(), place.user(), place.password());
                PreparedStatement look =
                        connection.prepareStatement("SELECT id FROM catamaran_job WHERE 1 = 0")) {
            look.executeQuery().close();
            return true;
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state != null && NO_SUCH_TABLE.contains(state)) {
                return false;
            }
            throw unusable(place, e);
        } catch (DbException e) {
            throw unusable(place, e);
        }
    }

    /** Brings the schema up to date and connects. */
    static Connection open(JournalPlace place) throws JournalException {
        place.makeFolder();
        try {
            Flyway.configure()
                    .dataSource(place.jdbcUrl(), place.user(), place.password())
                    .locations("classpath:dev/catamaran/tool/job/schema")
                    .table("catamaran_schema_history")
                    .placeholders(
                            Map.of(
                                    "text",
                                    place.database().textType(),
                                    "tail",
                                    place.database().tableTail()))
                    // the journal may share a database with other tables
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            Connection connection =
                    DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (FlywayException | SQLException | DbException e) {
            throw unusable(place, e);
        }
    }

    private static JournalException unusable(JournalPlace place, Exception e) {
        String check =
                place.database() == Database.H2
                        ? "Check that the file is a journal and that you may write it and its"
                                + " folder"
                        : "Check that the database runs and that CATAMARAN_JOURNAL_USER and"
                                + " CATAMARAN_JOURNAL_PASSWORD are right";
        return new JournalException(
                "the journal of jobs cannot be opened ("
                        + place
                        + "): "
                        + Journal.firstLine(e)
                        + ". "
                        + check
                        + ", or name another journal by --journal or --journal-url",
                e);
    }
}
