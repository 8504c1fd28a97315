package floe.snowflake;

import floe.change.TableId;

/** Which Snowflake table mirrors which MySQL table. */
public record Target(TableId source, SnowflakeName table) {}
