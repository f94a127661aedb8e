-- Times are milliseconds since 1970 by the clock of this database; 0 means not yet.
CREATE TABLE catamaran_job (
    id             VARCHAR(40)   NOT NULL,
    verb           VARCHAR(40)   NOT NULL,
    who            VARCHAR(200)  NOT NULL,
    host           VARCHAR(200)  NOT NULL,
    arguments      ${text}       NOT NULL,
    plan           ${text}       NOT NULL,
    state          VARCHAR(20)   NOT NULL,
    source_digest  VARCHAR(128)  NOT NULL,
    before_digest  VARCHAR(128)  NOT NULL,
    after_digest   VARCHAR(128)  NOT NULL,
    created_ms     BIGINT        NOT NULL,
    started_ms     BIGINT        NOT NULL,
    ended_ms       BIGINT        NOT NULL,
    outcome        ${text}       NOT NULL,
    -- who runs it: each claim raises the fence, and nobody writes under an older one
    worker         VARCHAR(200)  NOT NULL,
    fence          BIGINT        NOT NULL,
    lease_until_ms BIGINT        NOT NULL,
    CONSTRAINT pk_catamaran_job PRIMARY KEY (id)
)${tail};

CREATE INDEX ix_catamaran_job_state ON catamaran_job (state, created_ms);

CREATE TABLE catamaran_step (
    job_id   VARCHAR(40)   NOT NULL,
    number   INTEGER       NOT NULL,
    subject  ${text}       NOT NULL,
    state    VARCHAR(20)   NOT NULL,
    digest   VARCHAR(128)  NOT NULL,
    detail   ${text}       NOT NULL,
    ended_ms BIGINT        NOT NULL,
    CONSTRAINT pk_catamaran_step PRIMARY KEY (job_id, number),
    CONSTRAINT fk_catamaran_step_job FOREIGN KEY (job_id) REFERENCES catamaran_job (id)
)${tail};
