/** What a rehearsal showed, as data, and its forms: text, JSON, one HTML page. Pure. */
@NullMarked
package dev.catamaran.tool.report;

import org.jspecify.annotations.NullMarked;
