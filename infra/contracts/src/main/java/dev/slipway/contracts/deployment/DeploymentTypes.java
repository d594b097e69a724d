package dev.slipway.contracts.deployment;

/** Wire names of deployment-service's messages. */
public final class DeploymentTypes {
    public static final String PROVE_WAY_BACK = "dev.slipway.wayback.prove.v1";
    public static final String START_ROLLOUT = "dev.slipway.rollout.start.v1";
    public static final String CONFIRM_VERIFIED = "dev.slipway.rollout.confirmverified.v1";
    public static final String ROLL_BACK = "dev.slipway.rollout.rollback.v1";
    public static final String ABORT = "dev.slipway.rollout.abort.v1";
    public static final String WITHDRAW = "dev.slipway.rollout.withdraw.v1";
    public static final String PAUSE = "dev.slipway.rollout.pause.v1";
    public static final String RESUME = "dev.slipway.rollout.resume.v1";
    public static final String PROMOTE = "dev.slipway.rollout.promote.v1";
    public static final String REMOVE_ENVIRONMENT = "dev.slipway.environment.remove.v1";
    public static final String ROLLOUT_STATUS = "dev.slipway.rollout.changed.v1";
    public static final String WAY_BACK_STATUS = "dev.slipway.wayback.changed.v1";
    public static final String INCIDENT_STATUS = "dev.slipway.incident.changed.v1";

    private DeploymentTypes() {}
}
