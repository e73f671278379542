package app.holdfast.planted.peer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Makes threads of its own, one of them where it may and two where it may not.
public final class StartsThreads {

    Thread allowed(Runnable work) {
        return Thread.ofVirtual().unstarted(work);
    }

    Thread platform(Runnable work) {
        return new Thread(work);
    }

    ExecutorService pool() {
        return Executors.newCachedThreadPool();
    }
}
