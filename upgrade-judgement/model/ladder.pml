/*
 * The ladder from 1.x to 2.x: who may write where, while members crash, are cut off, fall behind and
 * say nothing. docs/model.md tells how it maps to the code; `model/check` runs it.
 *
 * Three planned members (0..2), one of which leads the transition group (0 or 1). Two stacks, each
 * a raft of its own: what is committed stays, a leader that was replaced commits nothing. Records
 * are bits of a set; write 0 adds record 1, write 1 removes record 2, which is there at first.
 *
 * Bounds (all -D): MAXE epochs, ELECTIONS of stacks, LEADS (elections of the transition group),
 * CRASHES, CUTS. START is the phase of epoch 0. Planted bugs: NO_FENCE, UNKNOWN_IS_OLD,
 * NO_CONFIRM, LEADERS_ONLY, LOST_IS_NEVER, TAIL_IN_FENCE.
 */

#define LEGACY    0
#define MIRRORING 1
#define FENCED    2
#define JRAFT     3
#define FINALIZED 4

#ifndef START
#define START LEGACY
#endif
#ifndef MAXE
#define MAXE 5
#endif
#ifndef ELECTIONS
#define ELECTIONS 1
#endif
#ifndef LEADS
#define LEADS 1
#endif
#ifndef LEAD_L
#define LEAD_L 1 /* who leads the stacks at first */
#endif
#ifndef LEAD_J
#define LEAD_J 2
#endif
#ifndef CRASHES
#define CRASHES 0
#endif
#ifndef CUTS
#define CUTS 0
#endif

#define N      3 /* members, and "nobody" */
#define L      0 /* the legacy stack */
#define J      1 /* the JRaft stack, and by 1-s the other one */
#define NONE   2 /* no stack */
#define WRITES 2

/* ---- what the transition group holds: phase and aim of every epoch, the last one is in force */
byte phase[MAXE + 1];
byte aim[MAXE + 1];   /* where a fence leads; where it falls back to is the phase before it */
byte now_e;           /* the committed epoch */
byte tlead = 0;       /* who leads the group; N: nobody */

/* ---- members */
bit  up[N];
bit  sure[N];         /* confirmed since it started: may take part in writes */
byte view[N];         /* epoch it has applied and saved */
byte cut = N;         /* who is cut off from the others; N: nobody */

/* ---- stacks */
byte val[2];          /* committed records */
byte lead[2];         /* leader of the latest term; N: nobody */
bit  conf[2];         /* that leader has asked the transition group in this leadership */
chan log[2] = [4] of { byte }; /* taken by the leader, not committed; 0..1 writes, 2..3 mirrors */

/* ---- writes of clients */
#define IDLE    0
#define SENT    1
#define TAKEN   2
#define ACKED   3
#define UNKNOWN 4
byte wst[WRITES];
byte wep[WRITES];     /* epoch it was sent under */

/* ---- mirror and fence runner of those who lead, or believe to lead, the transition group */
bit  bel[2];          /* believes to lead it */
byte mst[2];          /* IDLE, SEEN (source read), SENT, TAKEN */
#define SEEN 3
byte mep[2];          /* epoch it copies under */
byte msrc[2];         /* what it saw of the source */
bit  mfrom[2];        /* which stack that was */
byte madd[2];
byte mrem[2];
byte fep[2];          /* epoch of the fence it works at; 0: none */
byte fmask[2];        /* members that took the fence */
byte fseal[2];        /* stacks whose leader is sealed, as bits */
bit  feq[2];          /* drained and equal */

/* ---- an address that nobody planned: is it listed, and what do the reports say */
#define ABSENT 0
#define SILENT 1      /* listed, and nothing was heard of it */
#define PROVED 2      /* proved old: seen by a majority for the dwell time */
byte guest = ABSENT;
bit  guest_old;       /* whether a 1.x server really runs there */

/* ---- budgets */
byte elections = ELECTIONS;
byte leads = LEADS;
byte crashes = CRASHES;
byte cuts = CUTS;

/* A trace of the code, read from a file when the checker starts: see trace.h. */
#ifdef TRACE
c_decl {
\#include "trace.h"
}
hidden short t_n;
hidden byte t_l[1024];
hidden byte t_a[1024];
hidden byte t_b[1024];
short pos;
#define T(l, x, y) (pos < t_n && t_l[pos] == l && t_a[pos] == (x) && t_b[pos] == (y))
#define DONE pos++; c_code { followed(now.pos); }
#else
#define T(l, x, y) (true)
#define DONE skip
#endif
#include "labels.h"

#define PRIMARY(p)  ((p) == LEGACY || (p) == MIRRORING -> L : ((p) == FENCED -> NONE : J))
#define CAME(e)     (phase[(e) - 1])  /* the phase before a fence */
#define SOURCE(e)   (phase[e] == MIRRORING -> L : (phase[e] == JRAFT -> J : \
                     (phase[e] == FENCED -> PRIMARY(CAME(e)) : NONE)))
/* the stack whose content counts now: behind a fence the one that was the primary */
#define TRUTH       (phase[now_e] == FENCED -> PRIMARY(CAME(now_e)) : PRIMARY(phase[now_e]))

#define LINKED(i)   (up[i] && cut != (i))
#define QUORUM      (LINKED(0) + LINKED(1) + LINKED(2) >= 2)
#define REACH(i)    (LINKED(i) && QUORUM)
/* what the leader m of the group knows of i now: ours, fresh, of this epoch. Else it is unknown */
#define KNOWN(i)    (LINKED(i) && view[i] == now_e)
#define KNOWNS      (KNOWN(0) + KNOWN(1) + KNOWN(2))
#define DECIDES(m)  (tlead == (m) && REACH(m) && view[m] == now_e && now_e < MAXE)

#ifdef TAIL_IN_FENCE
#define TURNS(e)    (SOURCE(e) != NONE)
#else
#define TURNS(e)    (SOURCE(e) != NONE && phase[e] != FENCED)
#endif

/* The gate of stack s lets through what was sent under epoch e: its leader has asked the transition
 * group in this leadership, is sure, and acts on that very epoch. That the epoch gives the sender
 * the stack (client: primary, mirror: target) the sender has looked at. */
#define GATE(s, e)  (lead[s] != N && conf[s] && sure[lead[s]] && view[lead[s]] == (e))
#define AIMED(k)    PRIMARY(phase[wep[k]])

/* Acknowledged writes are in the stack that counts. */
inline check() {
    assert(wst[0] != ACKED || (val[TRUTH] & 1));
    assert(wst[1] != ACKED || !(val[TRUTH] & 2))
}

inline effect(s, id) {
    if
    :: id == 0 -> val[s] = val[s] | 1
    :: id == 1 -> val[s] = val[s] & 253
    :: id >= 2 -> val[s] = (val[s] | madd[id - 2]) & (255 - mrem[id - 2])
    fi
}

inline commit(p, to) {
    assert(phase[now_e] != FINALIZED); /* finalize is final */
    aim[now_e + 1] = to;
    phase[now_e + 1] = p;
    now_e++;
    check()
}

/* ------------------------------------------------------------------ a client's write, k */
proctype Write(byte k) {
    do
    :: atomic { /* a member that is sure routes it by its own view */
        wst[k] == IDLE && up[0] && sure[0] && PRIMARY(phase[view[0]]) != NONE && T(SEND, k, 0) ->
        wst[k] = SENT; wep[k] = view[0]; DONE }
    :: atomic {
        wst[k] == IDLE && up[1] && sure[1] && PRIMARY(phase[view[1]]) != NONE && T(SEND, k, 1) ->
        wst[k] = SENT; wep[k] = view[1]; DONE }
    :: atomic {
        wst[k] == IDLE && up[2] && sure[2] && PRIMARY(phase[view[2]]) != NONE && T(SEND, k, 2) ->
        wst[k] = SENT; wep[k] = view[2]; DONE }
    :: atomic { /* the gate of the stack's leader takes it */
        wst[k] == SENT && GATE(AIMED(k), wep[k]) && T(TAKE, k, 0) ->
        wst[k] = TAKEN;
        log[AIMED(k)]!k; DONE }
    :: atomic { /* or refuses it, or it finds no leader: it is sent again */
        wst[k] == SENT && !GATE(AIMED(k), wep[k]) && T(REFUSE, k, 0) ->
        wst[k] = IDLE; wep[k] = 0; DONE }
    od
}

/* When all is well nobody is elected while a leader is there; or, RESTLESS, leaders are replaced
 * all the same, as often as the bounds let them. */
#if defined(PROGRESS) && !defined(RESTLESS)
#define VACANT(i)   ((i) == N || !REACH(i))
#else
#define VACANT(i)   true
#endif

/* A new leader holds a part of what the last one took, from the oldest on; the rest is gone. What
 * it holds is committed with its first entry. Whoever sent it does not know what became of it. */
inline elect(s, i) {
    elections--;
    do
    :: len(log[s]) > 0 ->
        log[s]?id;
        if
        :: !gone -> effect(s, id)
        :: gone = 1
        fi;
        if
        :: id < WRITES -> wst[id] = UNKNOWN; wep[id] = 0
        :: else -> mst[id - 2] = IDLE; madd[id - 2] = 0; mrem[id - 2] = 0; mep[id - 2] = 0
        fi
    :: len(log[s]) == 0 -> break
    od;
    check();
    gone = 0; id = 0;
    lead[s] = i;
#ifdef NO_CONFIRM
    conf[s] = 1
#else
    conf[s] = 0
#endif
}

/* A member acts on a later epoch; what it was doing behind a fence of an earlier one is void. */
inline adopt(i, e) {
    if
    :: i < 2 && view[i] != e -> fep[i] = 0; fmask[i] = 0; fseal[i] = 0; feq[i] = 0
    :: else
    fi;
    view[i] = e
}

/* Asked without an answer, only a member that never saw a decision goes on: LEGACY is safe. */
#define ANSWERED(i) (REACH(i) && tlead != N)
#define NEVER(i)    (START == LEGACY && sure[i] && view[i] == 0)

inline ask(s, i) {
    if
    :: ANSWERED(i) -> adopt(i, now_e); sure[i] = 1
    :: NEVER(i)
#ifdef SAVE_FAILS
    :: ANSWERED(i) && sure[i] /* it could not save what it was told, and goes on as before */
#endif
    fi;
    conf[s] = 1
}

/* ------------------------------------------------------------------ the raft of a stack, s */
proctype Raft(byte s) {
    byte id; bit gone;
    do
    :: atomic { /* the oldest entry reaches a majority */
        lead[s] != N && REACH(lead[s]) && len(log[s]) > 0 && T(COMMIT, s, 0) ->
        log[s]?id;
        effect(s, id);
        if
        :: id < WRITES ->
            wst[id] = ACKED;
            /* no two primaries: nobody acknowledges in an epoch that another stack has left */
            assert(wst[1 - id] != ACKED || AIMED(1 - id) == s || wep[id] > wep[1 - id])
        :: else -> mst[id - 2] = IDLE; madd[id - 2] = 0; mrem[id - 2] = 0; mep[id - 2] = 0
        fi;
        check();
        id = 0; DONE }
    :: atomic { elections > 0 && lead[s] != 0 && REACH(0) && VACANT(lead[s]) && T(ELECT, s, 0) -> elect(s, 0); DONE }
    :: atomic { elections > 0 && lead[s] != 1 && REACH(1) && VACANT(lead[s]) && T(ELECT, s, 1) -> elect(s, 1); DONE }
    :: atomic { elections > 0 && lead[s] != 2 && REACH(2) && VACANT(lead[s]) && T(ELECT, s, 2) -> elect(s, 2); DONE }
    od
}

/* ------------------------------------------------------------------ a member, i */
proctype Member(byte i) {
    do
    :: atomic { /* applies the next entry: saves it, then acts on it */
        REACH(i) && view[i] < now_e && T(APPLY, i, view[i] + 1) ->
        adopt(i, view[i] + 1); DONE }
    :: atomic { /* after a start: what a majority has committed */
        up[i] && !sure[i] && REACH(i) && tlead != N && T(SURE, i, now_e) ->
        adopt(i, now_e); sure[i] = 1; DONE }
    :: atomic { /* finalized by its own file: needs nobody */
        up[i] && !sure[i] && phase[view[i]] == FINALIZED && T(FINAL, i, 0) ->
        sure[i] = 1; DONE }
    :: atomic { /* it leads a stack and asks the group, once in this leadership */
        up[i] && lead[L] == i && !conf[L] && (ANSWERED(i) || NEVER(i)) && T(ASK, L, i) -> ask(L, i); DONE }
    :: atomic {
        up[i] && lead[J] == i && !conf[J] && (ANSWERED(i) || NEVER(i)) && T(ASK, J, i) -> ask(J, i); DONE }
    od
}

/* ------------------------------------------------------------------ who leads the group, m */

/* What lets the judge move up: every planned member known, nobody unplanned there. */
#define ALL_THERE   (KNOWNS == N && guest == ABSENT)
#define ENOUGH      (KNOWNS >= 2)
#ifdef UNKNOWN_IS_OLD
#define OLD_THERE   (guest != ABSENT || KNOWNS < N)
#else
#define OLD_THERE   (guest == PROVED)
#endif
/* On the way up everyone must take the fence, on the way down the leaders of the stacks. */
#define EVERYONE(m) (aim[fep[m]] == MIRRORING || fmask[m] == 7)
#ifdef PROGRESS
#define MAY_FALL    (cut != N || !up[0] || !up[1] || !up[2])
#else
#define MAY_FALL    true
#endif

inline seen(m) { /* one read of the source, by its own copy, which may trail */
    mfrom[m] = SOURCE(view[m]);
    msrc[m] = val[mfrom[m]];
    mst[m] = SEEN
}

#ifdef ONE_STEP_TURNS
#define CAN_SEE(m)  REACH(m)
#else
#define CAN_SEE(m)  true
#endif

inline compare(m, e) { /* and one of the target, behind a barrier; what differs is sent */
    mep[m] = e;
    madd[m] = msrc[m] & (255 - val[1 - mfrom[m]]);
    mrem[m] = val[1 - mfrom[m]] & (255 - msrc[m]);
    msrc[m] = 0;
    if
    :: madd[m] == 0 && mrem[m] == 0 -> mst[m] = IDLE; mep[m] = 0; mfrom[m] = 0
    :: else -> mst[m] = SENT
    fi
}

/* The leader of a stack has applied the fence, its older writes have ended, a majority confirms it. */
#ifdef NO_FENCE
#define SEALED(s, m) true
#else
#define SEALED(s, m) (LINKED(m) && lead[s] != N && REACH(lead[s]) && \
                      view[lead[s]] == fep[m] && len(log[s]) == 0)
#endif

inline begin(to) {
    commit(FENCED, to)
}

/* What a process forgets when it ends or stops to lead; what it has sent is on its way. */
inline forget(m) {
    fep[m] = 0; fmask[m] = 0; fseal[m] = 0; feq[m] = 0;
    if :: mst[m] == SEEN -> mst[m] = IDLE; msrc[m] = 0; mfrom[m] = 0 :: else fi
}

proctype Lead(byte m) {
    do
    /* -- elections of the transition group */
    :: atomic {
        leads > 0 && tlead != m && REACH(m) && sure[m] && VACANT(tlead) && T(LEAD, m, 0) ->
        leads--; adopt(m, now_e); tlead = m; bel[m] = 1; DONE }
    :: atomic { /* it learns late that it was replaced */
        bel[m] && tlead != m && T(NOTICE, m, 0) ->
        bel[m] = 0; forget(m); DONE }

    /* -- the judge */
    :: atomic { DECIDES(m) && phase[now_e] == LEGACY && ENOUGH && T(MOVE, MIRRORING, 0) ->
        commit(MIRRORING, 0); DONE }
    :: atomic { DECIDES(m) && phase[now_e] == MIRRORING && ALL_THERE && T(MOVE, FENCED, JRAFT) ->
        begin(JRAFT); DONE }
#ifndef PROGRESS
    :: atomic { DECIDES(m) && phase[now_e] == JRAFT && ALL_THERE && T(MOVE, FENCED, FINALIZED) ->
        begin(FINALIZED); DONE }
    :: atomic { DECIDES(m) && phase[now_e] == MIRRORING && T(MOVE, LEGACY, 0) ->
        commit(LEGACY, 0); DONE }
    :: atomic { DECIDES(m) && phase[now_e] == JRAFT && ENOUGH && T(MOVE, FENCED, MIRRORING) ->
        begin(MIRRORING); DONE }
    :: atomic { /* by the policy auto */
        DECIDES(m) && phase[now_e] == JRAFT && ENOUGH && OLD_THERE && T(OLD, 0, 0) ->
        assert(guest_old); /* unknown never moves */
        begin(MIRRORING); DONE }
#endif
    :: atomic { /* a fence falls back: time, a problem, a hold, an order, a guest */
        DECIDES(m) && phase[now_e] == FENCED && MAY_FALL && T(MOVE, CAME(now_e), 1) ->
        commit(CAME(now_e), 0); DONE }
    :: atomic { /* it goes through on a complete report of its own epoch */
        DECIDES(m) && phase[now_e] == FENCED && feq[m] && fep[m] == now_e &&
        T(MOVE, aim[now_e], 2) ->
        commit(aim[now_e], 0); DONE }

    /* -- the work behind a fence */
    :: atomic {
        bel[m] && up[m] && phase[view[m]] == FENCED && fep[m] != view[m] && T(WORK, m, view[m]) ->
        fep[m] = view[m]; fmask[m] = 0; fseal[m] = 0; feq[m] = 0; DONE }
    :: atomic { /* a member says that it has taken the fence */
        fep[m] != 0 && !feq[m] && LINKED(m) && LINKED(0) && view[0] == fep[m] && !(fmask[m] & 1) &&
        T(TOOK, m, 0) -> fmask[m] = fmask[m] | 1; DONE }
    :: atomic {
        fep[m] != 0 && !feq[m] && LINKED(m) && LINKED(1) && view[1] == fep[m] && !(fmask[m] & 2) &&
        T(TOOK, m, 1) -> fmask[m] = fmask[m] | 2; DONE }
    :: atomic {
        fep[m] != 0 && !feq[m] && LINKED(m) && LINKED(2) && view[2] == fep[m] && !(fmask[m] & 4) &&
        T(TOOK, m, 2) -> fmask[m] = fmask[m] | 4; DONE }
    :: atomic { fep[m] != 0 && !feq[m] && !(fseal[m] & 1) && SEALED(L, m) && T(SEAL, m, L) ->
        fseal[m] = fseal[m] | 1; DONE }
    :: atomic { fep[m] != 0 && !feq[m] && !(fseal[m] & 2) && SEALED(J, m) && T(SEAL, m, J) ->
        fseal[m] = fseal[m] | 2; DONE }
    :: atomic { /* drains: both stacks are read behind barriers, what differs is copied */
        fep[m] != 0 && !feq[m] && fseal[m] == 3 && EVERYONE(m) && mst[m] == IDLE &&
        view[m] == fep[m] && REACH(m) && T(DRAIN, m, 0) ->
        mfrom[m] = SOURCE(fep[m]);
        msrc[m] = val[mfrom[m]];
        if
        :: val[L] == val[J] -> feq[m] = 1; fmask[m] = 0; fseal[m] = 0; msrc[m] = 0; mfrom[m] = 0
        :: else -> compare(m, fep[m])
        fi;
        DONE }

    /* -- the mirror's ordinary turns */
    :: atomic {
        bel[m] && up[m] && mst[m] == IDLE && TURNS(view[m]) && val[L] != val[J] &&
        CAN_SEE(m) && T(SEE, m, 0) ->
        seen(m);
#ifdef ONE_STEP_TURNS
        compare(m, view[m]);
#endif
        DONE }
    :: atomic {
        bel[m] && REACH(m) && mst[m] == SEEN && T(DIFF, m, 0) ->
        if
        :: TURNS(view[m]) && SOURCE(view[m]) == mfrom[m] -> compare(m, view[m])
        :: else -> mst[m] = IDLE; msrc[m] = 0; mfrom[m] = 0
        fi;
        DONE }
    :: atomic { /* the gate of the target's leader takes it */
        mst[m] == SENT && GATE(1 - mfrom[m], mep[m]) && T(COPY, m, 0) ->
        log[1 - mfrom[m]]!(2 + m);
        mst[m] = TAKEN; mfrom[m] = 0; DONE }
    :: atomic { /* or refuses it */
        mst[m] == SENT && !GATE(1 - mfrom[m], mep[m]) && T(DROP, m, 0) ->
        mst[m] = IDLE; mfrom[m] = 0; mep[m] = 0; madd[m] = 0; mrem[m] = 0; DONE }
    od
}

/* ------------------------------------------------------------------ the world */
inline lost(i) {
    view[i] = 0;
#ifdef LOST_IS_NEVER
    sure[i] = 1 /* taken for a member that never saw a decision */
#else
    sure[i] = 0
#endif
}

inline crash(i) {
    crashes--;
    up[i] = 0; sure[i] = 0;
    if :: tlead == i -> tlead = N :: else fi;
    if :: lead[L] == i -> lead[L] = N; conf[L] = 0 :: else fi;
    if :: lead[J] == i -> lead[J] = N; conf[J] = 0 :: else fi;
    if :: i < 2 -> bel[i] = 0; forget(i) :: else fi
}

proctype World() {
    do
    :: atomic { crashes > 0 && up[0] && up[1] && up[2] && T(CRASH, 0, 0) -> crash(0); DONE }
    :: atomic { crashes > 0 && up[0] && up[1] && up[2] && T(CRASH, 1, 0) -> crash(1); DONE }
    :: atomic { crashes > 0 && up[0] && up[1] && up[2] && T(CRASH, 2, 0) -> crash(2); DONE }
    :: atomic { !up[0] && T(START_UP, 0, 0) -> up[0] = 1; DONE }
    :: atomic { !up[1] && T(START_UP, 1, 0) -> up[1] = 1; DONE }
    :: atomic { !up[2] && T(START_UP, 2, 0) -> up[2] = 1; DONE }
    :: atomic { /* its state file is lost: what it was must be asked of the others */
        !up[0] && view[0] != 0 && T(LOST, 0, 0) -> lost(0); DONE }
    :: atomic { !up[1] && view[1] != 0 && T(LOST, 1, 0) -> lost(1); DONE }
    :: atomic { !up[2] && view[2] != 0 && T(LOST, 2, 0) -> lost(2); DONE }
    :: atomic { cuts > 0 && cut == N && T(CUT, 0, 0) -> cuts--; cut = 0; DONE }
    :: atomic { cuts > 0 && cut == N && T(CUT, 1, 0) -> cuts--; cut = 1; DONE }
    :: atomic { cuts > 0 && cut == N && T(CUT, 2, 0) -> cuts--; cut = 2; DONE }
    :: atomic { cut != N && T(HEAL, 0, 0) -> cut = N; DONE }
#ifdef GUEST
    :: atomic { guest == ABSENT && T(LISTED, 0, 0) -> guest = SILENT; DONE }
    :: atomic { guest != ABSENT && T(UNLISTED, 0, 0) -> guest = ABSENT; guest_old = 0; DONE }
    :: atomic { guest == SILENT && !guest_old && T(OLD_STARTS, 0, 0) -> guest_old = 1; DONE }
    :: atomic { guest == SILENT && guest_old && T(OLD_PROVED, 0, 0) -> guest = PROVED; DONE }
    :: atomic { guest_old && T(SILENCE, 0, 0) -> guest = SILENT; guest_old = 0; DONE }
#endif
    od
}

#ifdef TRACE
proctype Followed() {
    pos == t_n;
    c_code { arrived(); }
}
#endif

init {
    atomic {
#ifdef TRACE
        c_code { load_trace(t_l, t_a, t_b, &t_n); };
#endif
        phase[0] = START;
        up[0] = 1; up[1] = 1; up[2] = 1;
        sure[0] = 1; sure[1] = 1; sure[2] = 1;
        bel[0] = 1;
        val[L] = 2;
        val[J] = (START == LEGACY -> 0 : 2);
        conf[L] = 1; conf[J] = 1;
        lead[L] = LEAD_L; lead[J] = LEAD_J;
        run Write(0); run Write(1);
        run Raft(L); run Raft(J);
        run Member(0); run Member(1); run Member(2);
        run Lead(0); run Lead(1);
        run World();
#ifdef TRACE
        run Followed()
#endif
    }
}

#ifdef PROGRESS
ltl arrives { <> (phase[now_e] == JRAFT && wst[0] > TAKEN && wst[1] > TAKEN) }
#endif
