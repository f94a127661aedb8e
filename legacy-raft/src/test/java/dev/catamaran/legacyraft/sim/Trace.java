package dev.catamaran.legacyraft.sim;

import java.util.ArrayList;
import java.util.List;

/** What happened, a line each. Empty unless it is wanted: most runs go well. */
final class Trace {

    private static final int MAX_LINE = 240;

    private final boolean wanted;
    private final Agenda agenda;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean wanted, Agenda agenda) {
        this.wanted = wanted;
        this.agenda = agenda;
    }

    void add(String who, String verb, Object what) {
        if (wanted) {
            String line = "t=" + agenda.nowMs() + " " + who + " " + verb + " " + what;
            lines.add(line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
