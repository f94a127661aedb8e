package dev.catamaran.registry.bench;

import dev.catamaran.registry.records.RegistryCommand;
import java.util.Random;

/** Puts of random instances of the {@link World}, each with a weight that it never had. */
final class Puts {

    private final Random random = new Random(1);
    private double weight = 2;
    private int service;

    RegistryCommand next() {
        service = random.nextInt(World.SERVICES);
        int instance = random.nextInt(World.INSTANCES_EACH);
        weight += 1;
        return new RegistryCommand.PutInstance(
                World.instance(World.key(service), service, instance, weight));
    }

    /** Number of the service of the last one. */
    int service() {
        return service;
    }
}
