using Benchmarks;

return await CommandLine.Run(args);
