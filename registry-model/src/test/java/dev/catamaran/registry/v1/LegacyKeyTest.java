package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ServiceKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyKeyTest {

    private static final ServiceKey KEY = new ServiceKey("public", "G1", "a:b");

    @Test
    void buildsTheKeysOfRealServers() {
        LegacyKey meta = new LegacyKey.Service(KEY);
        LegacyKey list = new LegacyKey.Instances(KEY);

        assertThat(meta.text()).isEqualTo("com.alibaba.nacos.naming.domains.meta.public##G1@@a:b");
        assertThat(meta.brief()).isEqualTo("meta.public##G1@@a:b");
        assertThat(list.text()).isEqualTo("com.alibaba.nacos.naming.iplist.public##G1@@a:b");
        assertThat(list.brief()).isEqualTo("iplist.public##G1@@a:b");
        assertThat(list.fileName()).isEqualTo("com.alibaba.nacos.naming.iplist.public##G1@@a#b");
        assertThat(list.namespace()).isEqualTo("public");
        assertThat(new LegacyKey.Switches().brief())
                .isEqualTo("meta.00-00---000-NACOS_SWITCH_DOMAIN-000---00-00");
        assertThat(new LegacyKey.Switches().namespace()).isEmpty();
    }

    @Test
    void readsBackWhatItBuilds() {
        for (LegacyKey key :
                new LegacyKey[] {
                    new LegacyKey.Service(KEY),
                    new LegacyKey.Instances(KEY),
                    new LegacyKey.Switches()
                }) {
            assertThat(LegacyKey.parse(key.text()).orThrow()).isEqualTo(key);
            assertThat(LegacyKey.parseBrief(key.brief()).orThrow()).isEqualTo(key);
        }
    }

    @Test
    void readsOldKeysFromDisk() {
        String ungrouped = "com.alibaba.nacos.naming.iplist.ns1##svc";
        String bare = "com.alibaba.nacos.naming.domains.meta.svc";

        assertThat(LegacyKey.parseStored(ungrouped).orThrow())
                .isEqualTo(new LegacyKey.Instances(ServiceKey.of("ns1", "", "svc")));
        assertThat(LegacyKey.parseStored(bare).orThrow())
                .isEqualTo(new LegacyKey.Service(ServiceKey.of("", "", "svc")));
        assertThat(LegacyKey.parse(ungrouped)).isInstanceOf(Decoded.Refused.class);
        assertThat(LegacyKey.parse(bare)).isInstanceOf(Decoded.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "com.alibaba.nacos.naming.",
                "com.alibaba.nacos.naming.iplist.",
                "com.alibaba.nacos.naming.iplist.public##",
                "com.alibaba.nacos.naming.iplist.public##G@@",
                "com.alibaba.nacos.naming.iplist.public##@@svc",
                "com.alibaba.nacos.naming.iplist.##G@@svc",
                "com.alibaba.nacos.naming.iplist.../../etc##G@@svc",
                "com.alibaba.nacos.naming.iplist.public##../G@@svc",
                "com.alibaba.nacos.naming.iplist.public##G@@a/../../b",
                "com.alibaba.nacos.naming.iplist.public##G@@..",
                "com.alibaba.nacos.naming.iplist.public##G@@a\\b",
                "com.alibaba.nacos.naming.iplist.public##G@@a\0b",
                "com.alibaba.nacos.naming.iplist.public##G@@a##b",
                "com.alibaba.nacos.naming.iplist.a.b##G@@svc",
                "com.alibaba.nacos.naming.iplist.ephemeral.public##G@@svc",
                "com.alibaba.nacos.naming.domains.meta.x00-00---000-NACOS_SWITCH_DOMAIN-000---00-00"
            })
    void refusesWhatIsNoKeyOrLeavesItsFolder(String text) {
        assertThat(LegacyKey.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesNamesThatMakeFileNamesTooLong() {
        ServiceKey key = ServiceKey.of("", "", "a".repeat(250));

        assertThat(LegacyKey.complaint(key)).contains("longer than 255");
        assertThat(LegacyKey.complaint(KEY)).isEmpty();
        assertThat(LegacyKey.complaint(new ServiceKey("public", "G@", "s"))).isNotEmpty();
        assertThat(LegacyKey.parse(new LegacyKey.Service(key).text()))
                .isInstanceOf(Decoded.Refused.class);
    }
}
