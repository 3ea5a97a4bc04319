using Evaluation.Jobs.Storage;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Storage;

public sealed class MigratorTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Migrator.Script First = new("0001_first.sql", "create table a (n integer);");
    private static readonly Migrator.Script Second = new("0002_second.sql", "create table b (n integer);");
    private static readonly Migrator.Script View = new("view.sql", "create or replace view v as select n from a;");

    [Fact]
    public async Task The_schema_is_made_once_and_a_second_run_changes_nothing()
    {
        await using var database = Database.Open(await postgres.FreshDatabase(empty: true));
        (await new Migrator(database, TimeProvider.System).Migrate()).Applied.ShouldContain("0001_foundation.sql");
        var again = await new Migrator(database, TimeProvider.System).Migrate();
        again.Applied.ShouldBeEmpty();
        again.Reapplied.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_migrate_once()
    {
        await using var database = Database.Open(await postgres.FreshDatabase(empty: true));
        var both = await Task.WhenAll(
            new Migrator(database, TimeProvider.System).Migrate(), new Migrator(database, TimeProvider.System).Migrate());
        both.Count(outcome => outcome.Applied.Count == 0).ShouldBe(1);
    }

    [Fact]
    public async Task A_migration_changed_after_it_landed_is_refused()
    {
        await using var database = Database.Open(await postgres.FreshDatabase(empty: true));
        var migrator = new Migrator(database, TimeProvider.System);
        await migrator.Migrate([First], [], default);
        var changed = First with { Text = "create table a (n bigint);" };
        var refused = await Should.ThrowAsync<MigrationException>(() => migrator.Migrate([changed, Second], [], default));
        refused.En.ShouldContain("0001_first.sql was changed");
        (await Tables(database)).ShouldNotContain("b");
    }

    [Fact]
    public async Task A_view_is_made_again_when_its_text_changes()
    {
        await using var database = Database.Open(await postgres.FreshDatabase(empty: true));
        var migrator = new Migrator(database, TimeProvider.System);
        await migrator.Migrate([First], [View], default);
        (await migrator.Migrate([First], [View], default)).Reapplied.ShouldBeEmpty();
        var changed = View with { Text = "create or replace view v as select n, n + 1 as next from a;" };
        (await migrator.Migrate([First], [changed], default)).Reapplied.ShouldBe(["view.sql"]);
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing_and_says_which_it_was()
    {
        await using var database = Database.Open(await postgres.FreshDatabase(empty: true));
        var migrator = new Migrator(database, TimeProvider.System);
        var wrong = new Migrator.Script("0002_wrong.sql", "create table b (n integer); create table a (n integer);");
        var failed = await Should.ThrowAsync<MigrationException>(() => migrator.Migrate([First, wrong], [], default));
        failed.En.ShouldContain("0002_wrong.sql");
        (await Tables(database)).ShouldBe(["a", "schema_scripts"]);
    }

    [Fact]
    public async Task A_database_made_by_a_newer_program_is_refused()
    {
        await using var database = Database.Open(await postgres.FreshDatabase(empty: true));
        var migrator = new Migrator(database, TimeProvider.System);
        await migrator.Migrate([First, Second], [], default);
        (await Should.ThrowAsync<MigrationException>(() => migrator.Migrate([First], [], default)))
            .En.ShouldContain("newer program");
    }

    private static Task<List<string>> Tables(Database database) => database.List(
        "select table_name::text from information_schema.tables where table_schema = 'public' order by 1",
        row => row.GetString(0),
        default);
}
