using System.Data.Common;
using System.Globalization;
using Dapper;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.WatchingInboxes;

/// <summary>
/// Table <c>inbox_files</c>, on PostgreSQL and SQLite with the same statements. Whoever works on a file holds its lease; every write but the first asks for it, so an
/// instance that was thought dead and is not cannot spoil what its successor does. Waits while the database is away. The clocks of instances must agree within
/// a part of the lease.
/// </summary>
internal sealed class InboxFiles([FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, TimeProvider time)
{
    private const string InText = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // Names this process and no other, after a restart either.
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>
    /// Claims a file below <c>working/</c> for this instance: a new one, or one whose lease is over. Null when another instance has it.
    /// </summary>
    public async Task<InboxFile?> Claim(string source, string workingFile, long size, TimeSpan lease, CancellationToken cancellationToken)
    {
        var sql =
            $"""
            INSERT INTO inbox_files (source, name, working_file, state, size, owner, lease_until, first_seen_at)
            VALUES (@source, @Name, @workingFile, @State, @size, @Owner, @Until, @Now)
            ON CONFLICT (source, working_file) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
            WHERE inbox_files.lease_until <= @Now OR inbox_files.owner = excluded.owner
            RETURNING {Columns}
            """;
        var values = new
        {
            source,
            Name = InboxNames.Original(workingFile),
            workingFile,
            State = InboxFileStateText.Of(InboxFileState.Claimed),
            size,
            Owner = _owner,
            Until = Stored(time.GetUtcNow() + lease),
            Now = Stored(time.GetUtcNow()),
        };
        return await Write((connection, transaction) => Rows(connection, transaction, sql, values, cancellationToken), cancellationToken) is [var claimed] ? claimed : null;
    }

    /// <summary>Keeps the lease; false when another instance has the file by now.</summary>
    public async Task<bool> Renew(long id, TimeSpan lease, CancellationToken cancellationToken) => await Change(
        "UPDATE inbox_files SET lease_until = @Until WHERE id = @id AND owner = @Owner", new { id, Owner = _owner, Until = Stored(time.GetUtcNow() + lease) }, cancellationToken) == 1;

    /// <summary>Lets go of a file, so that anybody may go on with it at once. A row without a file below <c>working/</c> is nobody's anyway.</summary>
    public Task Release(long id, CancellationToken cancellationToken) => Renew(id, TimeSpan.Zero, cancellationToken);

    /// <summary>Writes down how far a file is. The lease goes on.</summary>
    /// <exception cref="LeaseLostException">Another instance has the file.</exception>
    public async Task Save(InboxFile file, TimeSpan lease, CancellationToken cancellationToken)
    {
        var saved = await Change(
            """
            UPDATE inbox_files SET working_file = @WorkingFile, state = @State, size = @Size, sha256 = @Sha256, configuration = @Configuration, bytes_read = @BytesRead, mark = @Mark,
                accepted = @Accepted, duplicates = @Duplicates, conflicts = @Conflicts, rejected = @Rejected, rejected_rows = @RejectedRows, rows = @Rows, skipped = @Skipped,
                faults = @Faults, error = @Error, moved_to = @MovedTo, same_as = @SameAs, finished_at = @FinishedAt, lease_until = @Until
            WHERE id = @Id AND owner = @Owner
            """,
            new
            {
                file.WorkingFile,
                State = InboxFileStateText.Of(file.State),
                file.Size,
                file.Sha256,
                file.Configuration,
                file.BytesRead,
                file.Mark,
                file.Counts.Accepted,
                file.Counts.Duplicates,
                file.Counts.Conflicts,
                file.Counts.Rejected,
                file.Counts.RejectedRows,
                file.Counts.Rows,
                file.Counts.Skipped,
                file.Faults,
                file.Error,
                file.MovedTo,
                file.SameAs,
                FinishedAt = file.FinishedAt is { } finished ? Stored(finished) : null,
                Until = Stored(time.GetUtcNow() + lease),
                file.Id,
                Owner = _owner,
            },
            cancellationToken);
        if (saved != 1)
            throw new LeaseLostException();
    }

    /// <summary>The latest other file of the source that had this content: one that was read to its end, else one that an instance is reading now. Null when there is none.</summary>
    public Task<InboxFile?> FindSame(InboxFile file, byte[] sha256, CancellationToken cancellationToken) => One(
        $"""
        SELECT {Columns} FROM inbox_files
        WHERE source = @Source AND sha256 = @sha256 AND id <> @Id AND (state IN (@Done, @WithRejections) OR state = @Reading AND lease_until > @Now)
        ORDER BY finished_at IS NULL, id DESC LIMIT 1
        """,
        new
        {
            file.Source,
            sha256,
            file.Id,
            Done = InboxFileStateText.Of(InboxFileState.Done),
            WithRejections = InboxFileStateText.Of(InboxFileState.DoneWithRejections),
            Reading = InboxFileStateText.Of(InboxFileState.Reading),
            Now = Stored(time.GetUtcNow()),
        },
        cancellationToken);

    /// <summary>Files of a source that were taken, not put away, and are in nobody's hands.</summary>
    public Task<IReadOnlyList<InboxFile>> LeftBehind(string source, CancellationToken cancellationToken) => Many(
        $"SELECT {Columns} FROM inbox_files WHERE source = @source AND working_file IS NOT NULL AND lease_until <= @Now ORDER BY id LIMIT 1000",
        new { source, Now = Stored(time.GetUtcNow()) }, cancellationToken);

    public Task<InboxFile?> Find(long id, CancellationToken cancellationToken) => One($"SELECT {Columns} FROM inbox_files WHERE id = @id", new { id }, cancellationToken);

    /// <summary>The latest files, newest first; of one source or all, in one state or any, older than one of them or from the newest on.</summary>
    public Task<IReadOnlyList<InboxFile>> List(string? source, string? state, long? after, int most, CancellationToken cancellationToken)
    {
        // Only what is asked for: a statement that covers every case at once would be planned for none.
        var conditions = new[] { source is null ? null : "source = @source", state is null ? null : "state = @state", after is null ? null : "id < @after" }.OfType<string>().ToList();
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return Many($"SELECT {Columns} FROM inbox_files {where} ORDER BY id DESC LIMIT @most", new { source, state, after, most }, cancellationToken);
    }

    private string Columns =>
        $"""
        id AS Id, source AS Source, name AS Name, working_file AS WorkingFile, state AS State, size AS Size, sha256 AS Sha256, configuration AS Configuration, bytes_read AS BytesRead,
        mark AS Mark, accepted AS Accepted, duplicates AS Duplicates, conflicts AS Conflicts, rejected AS Rejected, rejected_rows AS RejectedRows, rows AS Rows, skipped AS Skipped,
        faults AS Faults, error AS Error, moved_to AS MovedTo, same_as AS SameAs, {AsText("first_seen_at")} AS FirstSeenAt, {AsText("finished_at")} AS FinishedAt
        """;

    private string AsText(string column) =>
        database.Kind == DatabaseKind.PostgreSql ? $"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""" : column;

    // SQLite has no times: texts of fixed width, whose order is that of the times.
    private object Stored(DateTimeOffset instant) =>
        database.Kind == DatabaseKind.PostgreSql ? instant.ToUniversalTime() : instant.UtcDateTime.ToString(InText, CultureInfo.InvariantCulture);

    private Task<int> Change(string sql, object values, CancellationToken cancellationToken) =>
        Write((connection, transaction) => connection.ExecuteAsync(new(sql, values, transaction, cancellationToken: cancellationToken)), cancellationToken);

    private async Task<InboxFile?> One(string sql, object values, CancellationToken cancellationToken) => await Many(sql, values, cancellationToken) is [var only] ? only : null;

    private Task<IReadOnlyList<InboxFile>> Many(string sql, object values, CancellationToken cancellationToken) => database.Run<IReadOnlyList<InboxFile>>(
        async token =>
        {
            await using DbConnection connection = database.Kind == DatabaseKind.Sqlite ? await database.OpenSqlite(token) : await database.Postgres.OpenConnectionAsync(token);
            return await Rows(connection, null, sql, values, token);
        },
        cancellationToken);

    private Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            if (database.Kind == DatabaseKind.Sqlite)
                return await database.WriteSqlite((connection, transaction) => work(connection, transaction), token);
            await using var connection = await database.Postgres.OpenConnectionAsync(token);
            return await work(connection, null);
        },
        cancellationToken);

    private static async Task<IReadOnlyList<InboxFile>> Rows(DbConnection connection, DbTransaction? transaction, string sql, object values, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<InboxFileRow>(new(sql, values, transaction, cancellationToken: cancellationToken))).Select(row => row.ToFile())];
}

/// <summary>Another instance took a file over; what it does stands.</summary>
internal sealed class LeaseLostException : Exception
{
    public LeaseLostException() : base("another instance has the file by now") { }

    public LeaseLostException(string message) : base(message) { }

    public LeaseLostException(string message, Exception innerException) : base(message, innerException) { }
}
