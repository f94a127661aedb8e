package dev.catamaran.it.launcher;

import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Makes and opens the embedded database before the server does: the server gives it 10 s, which
 * loading its classes alone takes on a busy machine, and then does not start.
 */
final class OpenedDatabase {

    private OpenedDatabase() {}

    static void open() {
        if (!Boolean.getBoolean("embeddedStorage")) {
            return;
        }
        String database = System.getProperty("nacos.home") + "/data/derby-data";
        try {
            DriverManager.getConnection(
                            "jdbc:derby:" + database + ";create=true", "nacos", "nacos")
                    .close();
        } catch (SQLException e) {
            System.err.println("The database was not opened beforehand: " + e.getMessage());
        }
    }
}
