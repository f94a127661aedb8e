package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plan that was named on the command line.
 *
 * @param plan empty when the file is none
 * @param findings why
 */
record PlanInput(Optional<RebuildPlan> plan, List<Finding> findings) {

    static PlanInput read(Path file) throws IOException {
        String because = "there is no such file";
        if (Files.isRegularFile(file)) {
            PlanFile.Reading<RebuildPlan> reading = PlanFile.read(file);
            if (reading instanceof PlanFile.Reading.Read<RebuildPlan> read) {
                return new PlanInput(Optional.of(read.value()), List.of());
            }
            because = ((PlanFile.Reading.Broken<RebuildPlan>) reading).because();
        }
        return new PlanInput(
                Optional.empty(),
                List.of(
                        Finding.refuses(
                                "no-plan",
                                "this is no plan: " + because,
                                file.toString(),
                                "Make one: catamaran rebuild plan … --out " + file)));
    }
}
