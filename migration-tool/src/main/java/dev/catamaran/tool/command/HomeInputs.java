package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import dev.catamaran.tool.rebuild.disk.Survey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The homes a verb was given: folders of this machine, and fingerprints of others.
 *
 * @param facts of those that could be looked at
 * @param findings what is wrong with single ones
 */
record HomeInputs(List<HomeFacts> facts, List<Finding> findings) {

    HomeInputs {
        facts = List.copyOf(facts);
        findings = List.copyOf(findings);
    }

    static HomeInputs look(List<Path> inputs, GroupWork work) throws IOException {
        List<HomeFacts> facts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path input : inputs) {
            if (Files.exists(input) && !seen.add(input.toRealPath())) {
                findings.add(
                        Finding.refuses(
                                "same-home-twice",
                                "the home is given twice",
                                input.toString(),
                                "Give each home once."));
            } else if (Files.isRegularFile(input, LinkOption.NOFOLLOW_LINKS)
                    || input.toString().endsWith(".json")) {
                fingerprint(input, facts, findings);
            } else {
                Survey.Seen home = Survey.of(input, work);
                findings.addAll(home.findings());
                home.facts().ifPresent(facts::add);
            }
        }
        return new HomeInputs(facts, findings);
    }

    private static void fingerprint(Path file, List<HomeFacts> facts, List<Finding> findings)
            throws IOException {
        String because = "there is no such file";
        if (Files.isRegularFile(file)) {
            PlanFile.Reading<HomeFacts> reading = PlanFile.readFingerprint(file);
            if (reading instanceof PlanFile.Reading.Read<HomeFacts> read) {
                facts.add(read.value());
                return;
            }
            because = ((PlanFile.Reading.Broken<HomeFacts>) reading).because();
        }
        findings.add(
                Finding.refuses(
                        "no-fingerprint",
                        "this is no fingerprint of a home: " + because,
                        file.toString(),
                        "Make it on the machine of the home: catamaran rebuild fingerprint HOME"
                                + " --out FILE"));
    }
}
