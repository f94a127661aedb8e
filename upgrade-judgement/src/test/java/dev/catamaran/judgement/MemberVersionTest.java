package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberVersionTest {

    @ParameterizedTest
    @CsvSource({
        "0.8.0,0,8,0,true",
        "1.4.2,1,4,2,true",
        "1.4,1,4,0,true",
        "v1.1.4,1,1,4,true",
        "1.4.10-SNAPSHOT,1,4,10,true",
        "2.0.0-ALPHA.1,2,0,0,false",
        "2.5.1,2,5,1,false",
        "3.0.3,3,0,3,false",
        "10.0.1,10,0,1,false"
    })
    void readsWhatServersSay(String text, int major, int minor, int patch, boolean below2) {
        MemberVersion version = MemberVersion.parse(" " + text + " ").orElseThrow();

        assertThat(version).isEqualTo(new MemberVersion(major, minor, patch, text));
        assertThat(version.below2()).isEqualTo(below2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "1",
                "unknown",
                "Nacos-Server:v1.4.2",
                "1.x",
                "-1.2.3",
                "1..2",
                "1.4.2 or so",
                "99999999999.0.0",
                "2.0.0\n1.0",
                "null",
                "true"
            })
    void unknownStaysUnknown(String text) {
        assertThat(MemberVersion.parse(text)).isEmpty();
    }

    @Test
    void aTextTooLongToBeAVersionIsNone() {
        String longest = "1.4.2-" + "x".repeat(58);

        assertThat(longest).hasSize(64);
        assertThat(MemberVersion.parse(longest)).isPresent();
        assertThat(MemberVersion.parse(longest + "x")).isEmpty();
    }

    @Test
    void theOrderIsNumericAndWithoutQualifier() {
        assertThat(version("1.4.10")).isGreaterThan(version("1.4.9"));
        assertThat(version("2.0.0-ALPHA.1")).isEqualByComparingTo(version("2.0.0"));
        assertThat(version("1.10.0")).isGreaterThan(version("1.9.9"));
    }

    @Property
    void everyTripleSurvivesTheText(
            @ForAll @IntRange(max = 999_999) int major,
            @ForAll @IntRange(max = 999_999) int minor,
            @ForAll @IntRange(max = 999_999) int patch) {
        String text = major + "." + minor + "." + patch;

        assertThat(version(text)).isEqualTo(new MemberVersion(major, minor, patch, text));
    }

    private static MemberVersion version(String text) {
        return MemberVersion.parse(text).orElseThrow();
    }
}
