using Evaluation.Jobs.Allocating;
using Microsoft.Extensions.Caching.Memory;

namespace Evaluation.Web.Showing;

/// <summary>Categories of finished runs that somebody asks about: what is sealed never changes, so it is read once.</summary>
public sealed class SealedShelf(WhatIf whatIf) : IDisposable
{
    // Each holds the facts of all its units; those asked about last are kept.
    private const int KeptAtMost = 4;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = KeptAtMost });

    /// <summary>One category of a finished run.</summary>
    public async Task<SealedCategory> Take(string run, string category, CancellationToken cancel) =>
        (await _kept.GetOrCreateAsync((run, category), entry =>
        {
            entry.Size = 1;
            entry.SlidingExpiration = TimeSpan.FromMinutes(30);
            return whatIf.Open(run, category, cancel);
        }))!;

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();
}
