package dev.catamaran.server.write;

import dev.catamaran.server.transition.TransitionView;

/** Decides where a client's write goes, from what this member knows of the transition. Pure. */
final class WriteRouter {

    private WriteRouter() {}

    static Route route(TransitionView view) {
        if (!view.mayWrite()) {
            return new Route.Hold(
                    "this member has not confirmed the phase with a majority of the transition"
                            + " group since it started; it serves reads only until then");
        }
        return view.upgrade()
                .primary()
                .<Route>map(stack -> new Route.To(stack, view.upgrade().epoch()))
                .orElseGet(
                        () ->
                                new Route.Hold(
                                        "a switch is under way (FENCED, epoch "
                                                + view.upgrade().epoch()
                                                + ")"));
    }
}
