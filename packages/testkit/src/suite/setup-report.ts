import { silentReport, type Report } from '@mdctr/tensor';

/**
 * Says once that TensorFlow is set up, and nothing where it is there already: the first test would be silent for a minute.
 * Test runners keep what a test logs until it has ended; what is written to stderr they pass on at once.
 */
export function setupReport(write: (text: string) => void = (text) => void process.stderr.write(text)): Report {
  let said = false;
  return {
    ...silentReport,
    progress: () => {
      if (!said) write('Setting up TensorFlow (once on this machine, about a minute)\n');
      said = true;
    },
  };
}
