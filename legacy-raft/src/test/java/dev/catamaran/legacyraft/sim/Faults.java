package dev.catamaran.legacyraft.sim;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What goes wrong, and what is wished for, drawn from the seed. */
final class Faults {

    private static final int KEYS = 6;
    private static final String META = "com.alibaba.nacos.naming.domains.meta.public##G@@s";

    private final Fleet fleet;
    private final Random random;

    Faults(Fleet fleet) {
        this.fleet = fleet;
        this.random = fleet.random();
    }

    static String key(int n) {
        return META + n;
    }

    /** Sometimes the members start on files that real ones left, the same and different ones. */
    void giveForeignFiles() {
        if (random.nextInt(3) > 0) {
            return;
        }
        for (SimMember member : fleet.members()) {
            for (int key = 0; key < KEYS; key++) {
                if (random.nextInt(3) > 0) {
                    int timestamp = 1 + random.nextInt(3);
                    String value = "{\"f\":" + (key * 10 + timestamp) + "}";
                    if (member instanceof OurMember ours) {
                        ours.disk().putForeign(key(key), value, timestamp);
                    } else if (member instanceof RealMember real) {
                        real.putFile(key(key), value, timestamp);
                    }
                }
            }
        }
    }

    /** How long to wait between two disturbances. */
    long pauseMs() {
        return random.nextInt(8) == 0 ? random.nextInt(30_000) : random.nextInt(800);
    }

    void disturb() {
        int what = random.nextInt(100);
        SimMember member = List.copyOf(fleet.members()).get(random.nextInt(fleet.names().size()));
        fleet.trace().add(member.name(), "is disturbed by", what);
        if (what < 56) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                want(member);
            }
        } else if (what < 62 && member instanceof OurMember ours && ours.runs()) {
            fleet.wantProof(ours);
        } else if (what < 72) {
            disturbProcess(member, what);
        } else if (what < 80) {
            disturbDisk(member, what);
        } else if (what < 94) {
            disturbNetwork(member, what);
        } else if (member instanceof OurMember ours) {
            ours.raiseEpoch(ours.epoch() + random.nextInt(2));
        }
    }

    private void disturbProcess(SimMember member, int what) {
        if (what < 66) {
            if (member.runs()) {
                member.stop();
            } else {
                member.start();
            }
        } else if (what < 68) {
            fleet.pause(member.name(), random.nextInt(40_000));
        } else {
            fleet.members().stream().filter(down -> !down.runs()).forEach(SimMember::start);
        }
    }

    private void disturbDisk(SimMember member, int what) {
        if (member instanceof RealMember real) {
            if (what < 76) {
                real.loseDisk();
            } else {
                real.stop();
                real.start();
            }
            return;
        }
        OurMember ours = (OurMember) member;
        if (what < 76) {
            ours.disk().losePowerAfter(random.nextInt(4), random.nextLong());
        } else if (what < 78) {
            ours.disk().fill(random.nextBoolean());
        } else if (!ours.runs() && canSpareOne()) {
            ours.disk().tear(random.nextInt(KEYS));
        }
    }

    /** Whether the others are a majority: a damaged member cannot lead, and may hold most. */
    private boolean canSpareOne() {
        return fleet.ours().size() - 1 > fleet.names().size() / 2
                && fleet.ours().stream().noneMatch(ours -> ours.disk().damaged());
    }

    private void disturbNetwork(SimMember member, int what) {
        SimNetwork network = fleet.network();
        String other = fleet.names().get(random.nextInt(fleet.names().size()));
        if (what < 83) {
            network.isolate(member.name(), fleet.names());
        } else if (what < 86) {
            network.block(member.name(), other);
        } else if (what < 91) {
            network.heal();
        } else {
            network.lose(random.nextInt(4) * 0.1);
        }
    }

    void heal() {
        fleet.network().heal();
        long epoch = fleet.ours().stream().mapToLong(OurMember::epoch).max().orElse(0);
        for (SimMember member : fleet.members()) {
            fleet.pause(member.name(), 0);
            if (member instanceof OurMember ours) {
                ours.disk().losePowerAfter(Integer.MAX_VALUE, 0);
                ours.disk().fill(false);
            }
            if (!member.runs()) {
                member.start();
            }
            if (member instanceof OurMember ours) {
                ours.raiseEpoch(epoch);
            }
        }
    }

    /** Asks the member, or whoever it holds for the leader, for a change. */
    private void want(SimMember member) {
        String key = key(random.nextInt(KEYS));
        boolean delete = random.nextInt(4) == 0;
        String value = "{\"v\":" + fleet.nextId() + "}";
        Optional<String> wanted = delete ? Optional.empty() : Optional.of(value);
        if (!member.runs()) {
            return;
        }
        if (member instanceof RealMember real) {
            real.want(key, wanted);
            return;
        }
        OurMember ours = (OurMember) member;
        SimMember leader = ours.state().leader().map(fleet::member).orElse(ours);
        if (leader instanceof OurMember target && target.runs()) {
            fleet.want(target, key, wanted, answer -> {});
        }
    }

    /** A change at a serving leader of ours; false if there is none. */
    boolean wantAtLeader() {
        Optional<OurMember> leader =
                fleet.ours().stream()
                        .filter(ours -> ours.runs() && ours.state().isServing())
                        .findFirst();
        leader.ifPresent(
                ours -> fleet.want(ours, key(0), Optional.of("{\"last\":1}"), answer -> {}));
        return leader.isPresent();
    }
}
