package dev.catamaran.tool.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalPlaceTest {

    @Test
    void speaksToMySqlByTheDriverOfMariaDb() {
        JournalPlace place =
                JournalPlace.url("jdbc:mysql://db:3306/jobs?sslMode=trust", "u", "p").orElseThrow();

        assertThat(place.jdbcUrl()).isEqualTo("jdbc:mariadb://db:3306/jobs?sslMode=trust");
        assertThat(place.database()).isEqualTo(Database.MYSQL);
    }

    @Test
    void takesNoCredentialsInAUrlBecauseEveryoneOnTheMachineWouldSeeThem() {
        assertThat(JournalPlace.url("jdbc:postgresql://u:p@db/jobs", "", ""))
                .isEqualTo(Optional.empty());
        assertThat(JournalPlace.url("jdbc:postgresql://db/jobs?user=u&password=p", "", ""))
                .isEmpty();
        assertThat(JournalPlace.url("jdbc:oracle:thin:db", "", "")).isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(JournalPlace.url("jdbc:postgresql://db/jobs", "u", "s3cret").orElseThrow())
                .hasToString("jdbc:postgresql://db/jobs");
    }

    @Test
    void knowsADeadWorkerOfItsOwnMachineAndNoOther() {
        Worker here = Worker.here();

        assertThat(here.knowsDead(here.text())).isFalse();
        assertThat(here.knowsDead(worker(here.host(), here.pid(), here.space()))).isTrue();
        assertThat(here.knowsDead(worker("elsewhere", here.pid(), here.space()))).isFalse();
        assertThat(here.knowsDead(worker(here.host(), here.pid(), "another container"))).isFalse();
        assertThat(here.knowsDead("")).isFalse();
    }

    private static String worker(String host, long pid, String space) {
        return new Worker(host, pid, space, 1).text();
    }
}
