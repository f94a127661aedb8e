/** Application, configuration, typed properties, failure messages. The only place with beans. */
@NullMarked
package dev.catamaran.server.boot;

import org.jspecify.annotations.NullMarked;
