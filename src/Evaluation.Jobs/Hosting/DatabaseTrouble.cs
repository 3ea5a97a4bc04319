using System.Data.Common;

namespace Evaluation.Jobs.Hosting;

/// <summary>Tells a database that went away (which comes back) from a statement that is wrong (which does not mend).</summary>
internal static class DatabaseTrouble
{
    // SQLSTATE classes: 08 connection, 40 rollback (serialisation, deadlock), 53 resources, 57 operator intervention.
    private static readonly string[] PassingClasses = ["08", "40", "57"];

    public static bool IsPassing(Exception problem) => problem switch
    {
        DbException { SqlState: { } state } => PassingClasses.Any(state.StartsWith),
        DbException { InnerException: IOException or TimeoutException or System.Net.Sockets.SocketException } => true,
        DbException database => database.IsTransient,
        ObjectDisposedException => false,
        { InnerException: { } inner } => IsPassing(inner),
        _ => false,
    };
}
