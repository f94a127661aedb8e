package dev.catamaran.tool.rebuild.disk;

import java.nio.file.Path;

/** A process of its own that stops at a point and waits there to be killed. */
public final class RebuildChild {

    /** What it says when it has come to the point. */
    static final String THERE = "there";

    private RebuildChild() {}

    /** Arguments: verb, plan, home, point, whether the system has an atomic exchange. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[2]);
        Point stop = Point.valueOf(args[3]);
        Exchange exchange =
                Boolean.parseBoolean(args[4]) ? NativeExchange.ofThisSystem() : Exchange.NEVER;
        Failpoints failpoints =
                point -> {
                    if (point == stop) {
                        System.out.println(THERE);
                        System.out.flush();
                        System.in.readAllBytes();
                    }
                };
        try (JRaftWork work = TestHomes.work("2.4.1")) {
            HomeRebuild.Tools tools = new HomeRebuild.Tools(work, exchange, failpoints);
            Rebuilds rebuilds = new Rebuilds(tools, line -> {});
            if (args[0].equals("undo")) {
                rebuilds.undo(java.util.List.of(home), java.util.Optional.empty());
            } else {
                PlanFile.Reading<dev.catamaran.tool.rebuild.RebuildPlan> plan =
                        PlanFile.read(Path.of(args[1]));
                dev.catamaran.tool.rebuild.RebuildPlan read =
                        ((PlanFile.Reading.Read<dev.catamaran.tool.rebuild.RebuildPlan>) plan)
                                .value();
                rebuilds.apply(
                        read,
                        java.util.List.of(new Placed(read.targets().get(0), home)),
                        java.util.Map.of());
            }
        }
        System.out.println("end");
    }
}
