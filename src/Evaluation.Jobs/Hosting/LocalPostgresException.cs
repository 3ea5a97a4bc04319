namespace Evaluation.Jobs.Hosting;

/// <summary>The database server cannot be had: what is wrong, and what to do about it, in both languages.</summary>
public sealed class LocalPostgresException(string zh, string en, Exception? inner = null)
    : Exception($"{zh}{Environment.NewLine}{en}", inner)
{
    public string Zh { get; } = zh;

    public string En { get; } = en;

    public static LocalPostgresException Missing() => new(
        "没有找到 PostgreSQL 14 或更高版本。请安装：apt-get install postgresql；或把环境变量 EVALUATION_DB 设为已有服务器的连接串。",
        "PostgreSQL 14 or newer was not found. Install it (apt-get install postgresql), or set EVALUATION_DB to the "
        + "connection string of a server you already have.");

    public static LocalPostgresException WrongVersion(string folder, int needed, IEnumerable<int> found) => new(
        $"数据目录 {folder} 由 PostgreSQL {needed} 建立，本机只有 {string.Join("、", found)}。"
        + $"请安装 postgresql-{needed}，或换一个数据目录。",
        $"The data folder {folder} was made by PostgreSQL {needed}; this machine has {string.Join(", ", found)}. "
        + $"Install postgresql-{needed}, or name another data folder.");

    public static LocalPostgresException NoServerUser() => new(
        "PostgreSQL 不能以 root 身份运行，而本机没有名为 postgres 的用户。请安装软件包 postgresql，或以普通用户启动本程序。",
        "PostgreSQL refuses to run as root, and this machine has no user named postgres. Install the package "
        + "postgresql, or start this program as an ordinary user.");

    public static LocalPostgresException DiskFull(string folder, string detail) => new(
        $"{folder} 所在磁盘已满。请腾出空间，或换一个数据目录，然后重新运行；已完成的部分不会丢失。（{detail}）",
        $"The disk that holds {folder} is full. Free some space or name another data folder, then run again; "
        + $"nothing that was finished is lost. ({detail})");

    public static LocalPostgresException NotWritable(string folder, string detail) => new(
        $"不能写入数据目录 {folder}。请修改它的权限，或换一个数据目录。（{detail}）",
        $"The data folder {folder} cannot be written. Change its permissions, or name another data folder. ({detail})");

    public static LocalPostgresException Failed(string step, string folder, string detail) => new(
        $"数据库服务器没有启动（{step}，目录 {folder}）：{detail}",
        $"The database server did not start ({step}, folder {folder}): {detail}");

    public static LocalPostgresException Unreachable(string server, string detail, Exception inner) => new(
        $"连接不上 EVALUATION_DB 所指的数据库服务器（{server}）：{detail}。请检查连接串，确认服务器已启动。",
        $"The database server named by EVALUATION_DB ({server}) does not answer: {detail}. "
        + "Check the connection string and that the server is running.",
        inner);

    public static LocalPostgresException BadConnectionString(string detail) => new(
        "EVALUATION_DB 不是有效的连接串。形式：Host=主机;Port=5432;Database=库;Username=用户;Password=口令"
        + $"（{detail}）",
        "EVALUATION_DB is not a connection string. Its form: "
        + $"Host=server;Port=5432;Database=name;Username=user;Password=secret ({detail})");

    public static LocalPostgresException ServerTooOld(string server, int found) => new(
        $"EVALUATION_DB 所指的服务器（{server}）是 PostgreSQL {found}，需要 14 或更高版本。",
        $"The server named by EVALUATION_DB ({server}) is PostgreSQL {found}; version 14 or newer is needed.");
}
