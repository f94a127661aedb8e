package dev.catamaran.tool.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.judgement.Phase;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ClusterStatusTest {

    private static ClusterStatus read(String json) {
        return ClusterStatus.read(JsonMapper.shared().readTree(json));
    }

    @Test
    void readsWhatAMemberSays() {
        ClusterStatus status =
                read(
                        """
                        {"phase":"MIRRORING","epoch":3,"ready":true,
                         "leaders":{"legacy":{"legacy":"127.0.0.1:8858"},
                                    "jraft":{"naming_persistent_service_v2":"127.0.0.1:8868",
                                             "naming_service_metadata":""}},
                         "mirror":{"lagRecords":4,"lagMs":120},
                         "digests":{"legacy":"aa","jraft":"aa","equal":true}}
                        """);

        assertThat(status.phase()).isEqualTo(Phase.MIRRORING);
        assertThat(status.epoch()).isEqualTo(3);
        assertThat(status.ready()).isTrue();
        assertThat(status.primaryLeader()).isEqualTo("127.0.0.1:8858");
        assertThat(status.lagRecords()).isEqualTo(4);
        assertThat(status.lagMs()).isEqualTo(120);
        assertThat(status.leaders()).hasSize(2);
    }

    @Test
    void namesTheLeaderOfTheStackThatTakesWrites() {
        String json =
                "{\"phase\":\"JRAFT\",\"leaders\":{\"legacy\":{\"legacy\":\"a\"},"
                        + "\"jraft\":{\"naming_persistent_service_v2\":\"b\"}}}";

        assertThat(read(json).primaryLeader()).isEqualTo("b");
        assertThat(read("{\"phase\":\"JRAFT\"}").primaryLeader()).isEmpty();
    }

    @Test
    void takesAMirrorThatIsNotKnownAsOneWithoutLag() {
        assertThat(read("{\"phase\":\"LEGACY\",\"mirror\":{\"lagRecords\":null}}").lagRecords())
                .isZero();
    }

    @Test
    void refusesWhatIsNoStatus() {
        assertThatThrownBy(() -> read("{}")).isInstanceOf(IllegalArgumentException.class);
    }
}
